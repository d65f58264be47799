package io.clockwork.record;

import java.util.concurrent.Flow;

/** Hands signals on in one task: they come one after the other, on whatever thread. */
final class TrackedSubscriber<T> implements Flow.Subscriber<T> {
    private final Recorder recorder;
    private final Flow.Subscriber<T> subscriber;
    private final Task task;

    TrackedSubscriber(Recorder recorder, Flow.Subscriber<T> subscriber) {
        this.recorder = recorder;
        this.subscriber = subscriber;
        task = recorder.fork("subscriber");
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        signal("onSubscribe", () -> subscriber.onSubscribe(subscription));
    }

    @Override
    public void onNext(T item) {
        signal("onNext", () -> subscriber.onNext(item));
    }

    @Override
    public void onError(Throwable throwable) {
        signal("onError", () -> subscriber.onError(throwable));
    }

    @Override
    public void onComplete() {
        signal("onComplete", subscriber::onComplete);
    }

    private void signal(String name, Runnable work) {
        if (recorder.isCurrent(task)) {
            // Asked for more and got it at once.
            work.run();
            return;
        }
        Task giver = recorder.handOff(name);
        task.run(() -> {
            if (giver != null) {
                recorder.observe(giver);
            }
            work.run();
        });
    }
}
