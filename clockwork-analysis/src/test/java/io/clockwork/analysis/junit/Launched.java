package io.clockwork.analysis.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What became of the runs of one test method, or of all of a class, which JUnit's launcher ran. */
final class Launched implements TestExecutionListener {
    /** One run. */
    record Run(String name, TestExecutionResult result) {
        boolean passed() {
            return result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        }

        Throwable failure() {
            return result.getThrowable().orElseThrow();
        }
    }

    final List<Run> runs = Collections.synchronizedList(new ArrayList<>());

    private Launched() {}

    static Launched of(Class<?> test, String method, Path pages, Map<String, String> parameters) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(method.isEmpty() ? selectClass(test) : selectMethod(test, method(test, method)))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .configurationParameter("clockwork.reports", pages.toString())
                .configurationParameters(parameters)
                .build();
        Launched launched = new Launched();
        LauncherFactory.create().execute(request, launched);
        return launched;
    }

    private static Method method(Class<?> test, String name) {
        return Arrays.stream(test.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            runs.add(new Run(test.getDisplayName(), result));
        }
    }

    Run only() {
        if (runs.size() != 1) {
            throw new AssertionError("one run expected: " + runs);
        }
        return runs.get(0);
    }

    String message() {
        return String.valueOf(only().failure().getMessage());
    }
}
