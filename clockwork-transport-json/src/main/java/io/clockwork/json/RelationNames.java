package io.clockwork.json;

import io.clockwork.CausalityRelation;
import org.jspecify.annotations.Nullable;

/** What relations are called in JSON. */
final class RelationNames {
    private RelationNames() {}

    static String name(CausalityRelation relation) {
        return switch (relation) {
            case HAPPENS_BEFORE -> "HappensBefore";
            case HAPPENS_AFTER -> "HappensAfter";
            case CONCURRENT -> "Concurrent";
            case EQUAL -> "Equal";
        };
    }

    static @Nullable CausalityRelation relation(String name) {
        for (CausalityRelation relation : CausalityRelation.values()) {
            if (name(relation).equals(name)) {
                return relation;
            }
        }
        return null;
    }
}
