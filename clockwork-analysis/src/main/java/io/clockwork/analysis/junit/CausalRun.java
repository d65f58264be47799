package io.clockwork.analysis.junit;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.testing.CausalAssertions;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.TestAbortedException;

/** One run of a test: what it records, and what is made of it. Nothing is shared with other runs but {@link Schedules}. */
final class CausalRun
        implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor, AfterEachCallback {
    /** How long work that nobody waited for may go on after the test. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Schedules schedules;
    private final long seed;
    private final Recorder recorder;
    private final Workers workers;
    private @Nullable Task task;

    CausalRun(Schedules schedules, long seed) {
        this.schedules = schedules;
        this.seed = seed;
        Recorder.Builder builder = Recorder.builder("test").captureSites().strict();
        recorder = (seed == 0 ? builder : builder.perturbed(seed)).build();
        workers = new Workers(recorder);
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return schedules.displayName(seed);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Recorder.class || type == ExecutorService.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Recorder.class ? recorder : workers.executor();
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        record(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        record(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        record(invocation, context);
    }

    /** By interception, which takes place on the thread of the invocation even where a timeout gives it one of its own. */
    @SuppressWarnings("try") // the scope is there to be closed
    private void record(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        if (task == null) {
            task = recorder.fork(context.getRequiredTestMethod().getName());
        }
        try (Scope scope = task.open()) {
            invocation.proceed();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        String unfinished = workers.close(DEADLINE);
        Throwable failure = context.getExecutionException().orElse(null);
        if (failure instanceof TestAbortedException) {
            return;
        }
        EventLog log = EventLog.of(recorder);
        Report report = Report.of(log);
        String wrong = unfinished.isEmpty() ? findings(report) : unfinished;
        if (wrong.isEmpty() && failure == null && !RecordedKinds.canFail(log)) {
            wrong = RecordedKinds.NOTHING;
        }
        if (!wrong.isEmpty() || failure != null) {
            String message = wrong.isEmpty() ? "" : wrong.stripTrailing() + "\n\n";
            String page = schedules.fail() ? schedules.pages().write(log, report, schedules.displayName(seed)) : "";
            fail(context, message + schedules.again(seed) + page);
        }
    }

    private String findings(Report report) {
        CausalTest test = schedules.test();
        try {
            CausalAssertions.assertNoFindings(report, Set.of(test.findings()), test.failOn());
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Throws what the test fails with; JUnit adds it to an earlier failure as suppressed. */
    private static void fail(ExtensionContext context, String message) {
        AssertionError error = new AssertionError(message);
        Method method = context.getRequiredTestMethod();
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(method.getDeclaringClass().getName(), method.getName(), null, -1)
        });
        throw error;
    }
}
