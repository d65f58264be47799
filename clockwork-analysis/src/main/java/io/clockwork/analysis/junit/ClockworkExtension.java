package io.clockwork.analysis.junit;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link CausalTest} brings along: runs the test once for each schedule, until one fails. */
public final class ClockworkExtension implements TestTemplateInvocationContextProvider {
    private static final String SEED = "clockwork.seed";
    private static final String SCHEDULES = "clockwork.schedules";

    /** Creates the extension. */
    public ClockworkExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), CausalTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        CausalTest test = AnnotationSupport.findAnnotation(context.getTestMethod(), CausalTest.class)
                .orElseThrow();
        boolean single = context.getConfigurationParameter(SEED).isPresent();
        long first = number(context, SEED, test.seed());
        long schedules = single ? 1 : number(context, SCHEDULES, test.schedules());
        if (schedules < 1) {
            throw new ExtensionConfigurationException("schedules must be at least 1, was " + schedules);
        }
        Schedules all = new Schedules(test, first, schedules, Pages.of(context));
        // Lazily, so that none is run after one that failed.
        return LongStream.range(0, schedules)
                .takeWhile(i -> !all.hasFailed())
                .mapToObj(i -> new CausalRun(all, first + i));
    }

    private static long number(ExtensionContext context, String name, long otherwise) {
        String text = context.getConfigurationParameter(name).orElse("");
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ExtensionConfigurationException(
                    "configuration parameter " + name + " must be a whole number, was \"" + text + '"', e);
        }
    }
}
