package io.clockwork.benchmarks;

import com.hazelcast.cluster.impl.VectorClock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.pekko.cluster.VectorClock$;
import scala.collection.immutable.TreeMap$;
import scala.math.Ordering;

/** The same clock contents in the types of the peers. */
final class Peers {
    private Peers() {}

    /** {@return ids as instances of a service have them: a name and some characters made at start} */
    static String[] ids(String name, int nodes) {
        SplittableRandom random = new SplittableRandom(nodes);
        String[] ids = new String[nodes];
        for (int i = 0; i < nodes; i++) {
            ids[i] = String.format("%s-%04d#%06x", name, i, random.nextInt(1 << 24));
        }
        return ids;
    }

    static io.clockwork.VectorTimestamp clockwork(String[] ids, long[] counters) {
        io.clockwork.VectorTimestamp.Builder builder = io.clockwork.VectorTimestamp.builder();
        for (int i = 0; i < ids.length; i++) {
            builder.put(ids[i], counters[i]);
        }
        return builder.build();
    }

    static org.apache.pekko.cluster.VectorClock pekko(String[] ids, long[] counters) {
        scala.collection.immutable.TreeMap<String, Object> versions = TreeMap$.MODULE$.empty(Ordering.String$.MODULE$);
        for (int i = 0; i < ids.length; i++) {
            versions = versions.updated(ids[i], counters[i]);
        }
        return VectorClock$.MODULE$.apply(versions);
    }

    static VectorClock hazelcast(String[] ids, long[] counters) {
        VectorClock clock = new VectorClock();
        for (int i = 0; i < ids.length; i++) {
            clock.setReplicaTimestamp(UUID.nameUUIDFromBytes(ids[i].getBytes(StandardCharsets.UTF_8)), counters[i]);
        }
        return clock;
    }

    static HashMapClock hashMap(String self, String[] ids, long[] counters) {
        Map<String, Long> entries = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            entries.put(ids[i], counters[i]);
        }
        return new HashMapClock(self, entries);
    }

    static void agree(boolean equal, String what) {
        if (!equal) {
            throw new IllegalStateException("peers disagree on " + what + ": the benchmark would compare unlike work");
        }
    }
}
