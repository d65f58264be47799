package io.clockwork.analysis;

import io.clockwork.analysis.Suspect.Clue;
import io.clockwork.analysis.Suspect.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ranks the services by what speaks for each having brought about the difference between two sets of traces. */
final class SuspectRanking {
    /*
     * Clues are changes of what one operation spends by itself on the way to one service, of how often it calls which
     * service, and of how often it fails. Each weighs as much as it is significant and as the root of the time it is about,
     * so that neither a sure trifle nor a large accident wins. Only what speaks for a fault counts: more time, other
     * numbers of calls, more errors.
     */

    private final CallProfile before;
    private final CallProfile after;
    private final Map<String, List<Clue>> clues = new TreeMap<>();

    private SuspectRanking(CallProfile before, CallProfile after) {
        this.before = before;
        this.after = after;
    }

    static List<Suspect> of(CallProfile before, CallProfile after) {
        SuspectRanking ranking = new SuspectRanking(before, after);
        ranking.nameServices(before);
        ranking.nameServices(after);
        ranking.compareTimes();
        ranking.compareCalls();
        ranking.compareErrors();
        return ranking.suspects();
    }

    private void nameServices(CallProfile profile) {
        profile.times.keySet().forEach(cell -> clues.computeIfAbsent(cell.service(), s -> new ArrayList<>()));
    }

    private void compareTimes() {
        Map<String, SharedShift> shared = new HashMap<>();
        before.times.forEach((cell, old) -> {
            CallProfile.Times now = after.times.get(cell);
            if (now != null && !cell.service().equals(cell.charged())) {
                double shift = now.logarithms.mean() - old.logarithms.mean();
                shared.computeIfAbsent(cell.service(), s -> new SharedShift())
                        .add(cell.charged(), shift, now.logarithms.count());
            }
        });
        before.times.forEach((cell, old) -> {
            CallProfile.Times now = after.times.get(cell);
            if (now != null) {
                double shift = now.logarithms.mean() - old.logarithms.mean();
                double common = cell.service().equals(cell.charged())
                        ? 0
                        : shared.getOrDefault(cell.service(), new SharedShift()).common();
                long count = now.logarithms.count();
                add(
                        new Clue(
                                Kind.SLOWER,
                                cell.service(),
                                cell.operation(),
                                cell.charged(),
                                false,
                                old.logarithms.count(),
                                count,
                                now.logarithms.above(old.logarithms),
                                (now.meanOnPath() - old.meanOnPath()) * count / after.traces),
                        common / shift);
            }
        });
    }

    private void compareCalls() {
        before.calls.forEach((caller, old) -> {
            CallProfile.Calls now = after.calls.get(caller);
            if (now != null) {
                compareCalls(caller, old, now);
            }
        });
    }

    private void compareCalls(CallProfile.Caller caller, CallProfile.Calls old, CallProfile.Calls now) {
        SharedShift shared = new SharedShift();
        old.callees.forEach((service, callee) -> {
            if (!service.equals(caller.service())) {
                shared.add(service, 1 - meanCalls(now, service) / old.to(callee).mean(), now.runs);
            }
        });
        old.callees.forEach((service, callee) -> {
            Moments calls = old.to(callee);
            Moments callsNow = calls(now, service);
            double fewer = calls.mean() - callsNow.mean();
            if (fewer < 0 && now.callees.getOrDefault(service, callee).most <= callee.most) {
                return; // Other requests may well call it more often, but not more often than any did before.
            }
            double common = service.equals(caller.service()) ? 0 : shared.common();
            add(
                    new Clue(
                            fewer >= 0 ? Kind.FEWER_CALLS : Kind.MORE_CALLS,
                            caller.service(),
                            caller.operation(),
                            service,
                            false,
                            old.runs,
                            now.runs,
                            Math.abs(calls.above(callsNow)),
                            Math.abs(fewer) * now.runs / after.traces * callee.meanDuration()),
                    fewer > 0 ? common / (fewer / calls.mean()) : 0);
        });
    }

    private static double meanCalls(CallProfile.Calls calls, String service) {
        return calls(calls, service).mean();
    }

    private static Moments calls(CallProfile.Calls calls, String service) {
        CallProfile.Callee callee = calls.callees.get(service);
        return calls.to(callee == null ? new CallProfile.Callee() : callee);
    }

    private void compareErrors() {
        before.times.forEach((cell, old) -> {
            CallProfile.Times now = after.times.get(cell);
            if (now != null && now.errors.mean() > old.errors.mean()) {
                double more = now.errors.mean() - old.errors.mean();
                add(
                        new Clue(
                                Kind.MORE_ERRORS,
                                cell.service(),
                                cell.operation(),
                                cell.charged(),
                                false,
                                old.errors.count(),
                                now.errors.count(),
                                now.errors.above(old.errors),
                                more * now.errors.count() / after.traces * old.meanDuration()),
                        0);
            }
        });
    }

    /** Adds a clue: the part of it that the caller's other calls share counts for the caller. */
    private void add(Clue clue, double part) {
        if (clue.significance() <= 0 || clue.nanosPerTrace() <= 0) {
            return;
        }
        double shared = part > 0 ? Math.min(1, part) : 0;
        put(clue.caller(), part(clue, true, shared));
        put(clue.callee(), part(clue, false, 1 - shared));
    }

    private void put(String service, Clue clue) {
        if (clue.weight() > 0) {
            clues.computeIfAbsent(service, s -> new ArrayList<>()).add(clue);
        }
    }

    private static Clue part(Clue clue, boolean shared, double part) {
        return new Clue(
                clue.kind(),
                clue.caller(),
                clue.operation(),
                clue.callee(),
                shared,
                clue.before(),
                clue.after(),
                clue.significance() * part,
                clue.nanosPerTrace() * part);
    }

    private List<Suspect> suspects() {
        List<Suspect> suspects = new ArrayList<>();
        clues.forEach((service, of) -> {
            of.sort(Comparator.comparingDouble(Clue::weight)
                    .reversed()
                    .thenComparing(Clue::caller)
                    .thenComparing(Clue::operation)
                    .thenComparing(Clue::callee)
                    .thenComparing(Clue::kind));
            suspects.add(
                    new Suspect(service, of.stream().mapToDouble(Clue::weight).sum(), of));
        });
        suspects.sort(Comparator.comparingDouble(Suspect::score).reversed().thenComparing(Suspect::service));
        return List.copyOf(suspects);
    }
}
