package io.clockwork.record;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out queue that records what is put and taken; whoever takes or sees an element follows the event that
 * put this element in, and nothing else that was done to the queue.
 *
 * <p>Use it where the program would use a {@link LinkedBlockingQueue}, whose methods and behaviour it has; iterators see
 * the queue as it was when they were made. Attempts that fail are recorded only if they waited. One object a stored element,
 * as there.
 *
 * @param <E> the elements
 */
public final class TrackedQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {
    private final SyncPoint point;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    /** Guarded by the lock. */
    private final ArrayDeque<Entry<E>> entries = new ArrayDeque<>();

    TrackedQueue(SyncPoint point, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, was " + capacity);
        }
        this.point = point;
        this.capacity = capacity;
    }

    /** An element and the packed dot of the event that put it in. */
    private record Entry<E>(E element, long put) {}

    @Override
    public void put(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        lock.lockInterruptibly();
        try {
            if (entries.size() >= capacity) {
                point.block();
            }
            while (entries.size() >= capacity) {
                notFull.await();
            }
            enqueue(element);
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean offer(E element) {
        Objects.requireNonNull(element, "element");
        lock.lock();
        try {
            boolean room = entries.size() < capacity;
            if (room) {
                enqueue(element);
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        long nanos = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            if (entries.size() >= capacity && nanos > 0) {
                point.block();
            }
            while (entries.size() >= capacity) {
                if (nanos <= 0) {
                    giveUpIf(timeout > 0);
                    return false;
                }
                nanos = notFull.awaitNanos(nanos);
            }
            enqueue(element);
            return true;
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public E take() throws InterruptedException {
        Entry<E> entry;
        lock.lockInterruptibly();
        try {
            if (entries.isEmpty()) {
                point.block();
            }
            while (entries.isEmpty()) {
                notEmpty.await();
            }
            entry = entries.remove();
            notFull.signal();
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        } finally {
            lock.unlock();
        }
        return taken(entry);
    }

    @Override
    public @Nullable E poll() {
        Entry<E> entry;
        lock.lock();
        try {
            entry = entries.poll();
            if (entry != null) {
                notFull.signal();
            }
        } finally {
            lock.unlock();
        }
        return entry == null ? null : taken(entry);
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        Entry<E> entry;
        lock.lockInterruptibly();
        try {
            if (entries.isEmpty() && nanos > 0) {
                point.block();
            }
            while (entries.isEmpty()) {
                if (nanos <= 0) {
                    giveUpIf(timeout > 0);
                    return null;
                }
                nanos = notEmpty.awaitNanos(nanos);
            }
            entry = entries.remove();
            notFull.signal();
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        } finally {
            lock.unlock();
        }
        return taken(entry);
    }

    @Override
    public @Nullable E peek() {
        Entry<E> entry;
        lock.lock();
        try {
            entry = entries.peek();
        } finally {
            lock.unlock();
        }
        return entry == null ? null : seen(entry);
    }

    @Override
    public boolean remove(@Nullable Object object) {
        for (Entry<E> entry : snapshot()) {
            if (entry.element.equals(object) && remove(entry)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean contains(@Nullable Object object) {
        for (Entry<E> entry : snapshot()) {
            if (entry.element.equals(object)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int maxElements) {
        Objects.requireNonNull(target, "target");
        if (target == this) {
            throw new IllegalArgumentException("a queue cannot be drained to itself");
        }
        int drained = 0;
        while (drained < maxElements) {
            E element = poll();
            if (element == null) {
                break;
            }
            target.add(element);
            drained++;
        }
        return drained;
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int remainingCapacity() {
        return capacity - size();
    }

    @Override
    public Iterator<E> iterator() {
        return new SnapshotIterator(snapshot());
    }

    /** Records and enters an element; the caller holds the lock, and there is room. */
    private void enqueue(E element) {
        entries.add(new Entry<>(element, point.recordOrLast(EventKind.PUT, Dot.NONE, ValueType.CAUSE, null)));
        notEmpty.signal();
    }

    private E taken(Entry<E> entry) {
        point.acquire(EventKind.TAKE, entry.put);
        return entry.element;
    }

    private E seen(Entry<E> entry) {
        point.acquire(EventKind.PEEK, entry.put);
        return entry.element;
    }

    private void giveUpIf(boolean waited) {
        if (waited) {
            point.giveUp();
        }
    }

    private List<Entry<E>> snapshot() {
        lock.lock();
        try {
            return new ArrayList<>(entries);
        } finally {
            lock.unlock();
        }
    }

    /** Removes this very entry, if it is still there. */
    private boolean remove(Entry<E> entry) {
        boolean removed = false;
        lock.lock();
        try {
            for (Iterator<Entry<E>> all = entries.iterator(); all.hasNext() && !removed; ) {
                if (isSame(all.next(), entry)) {
                    all.remove();
                    notFull.signal();
                    removed = true;
                }
            }
        } finally {
            lock.unlock();
        }
        if (removed) {
            taken(entry);
        }
        return removed;
    }

    @SuppressWarnings("ReferenceEquality") // one element may be in the queue twice
    private static boolean isSame(Entry<?> a, Entry<?> b) {
        return a == b;
    }

    private final class SnapshotIterator implements Iterator<E> {
        private final Iterator<Entry<E>> rest;
        private @Nullable Entry<E> last;

        SnapshotIterator(List<Entry<E>> snapshot) {
            rest = snapshot.iterator();
        }

        @Override
        public boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        public E next() {
            if (!rest.hasNext()) {
                throw new NoSuchElementException("the queue has no more elements");
            }
            Entry<E> entry = rest.next();
            last = entry;
            return seen(entry);
        }

        @Override
        public void remove() {
            Entry<E> entry = last;
            if (entry == null) {
                throw new IllegalStateException("call next before remove, and remove once only");
            }
            last = null;
            TrackedQueue.this.remove(entry);
        }
    }
}
