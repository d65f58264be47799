package io.clockwork.analysis.junit;

import io.clockwork.analysis.Finding;
import io.clockwork.analysis.Race;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is recorded, and fails on races. It stands where {@code @Test} would.
 *
 * <p>The test, and the methods before and after each, may take a {@link io.clockwork.record.Recorder} and an {@link
 * java.util.concurrent.ExecutorService}, whose work is recorded. Both are new for each run of the test; the recorder is
 * {@linkplain io.clockwork.record.Recorder.Builder#strict strict} and captures sites, the executor has a thread for each piece of
 * work that runs, and is closed after the test. All of the test on its own thread is one task.
 *
 * <p>The test fails on findings even if it happened to go well, with a message that shows who did what and where; to a test that
 * fails anyhow this is added as suppressed. It fails, too, if nothing that could race was recorded, or events were dropped. The
 * report of a test that fails is left in {@code target/clockwork} (Gradle: {@code build/clockwork}), as a page named after
 * class and method.
 *
 * <p>JUnit configuration parameters, or system properties of the JVM that runs the tests: {@code clockwork.reports} is another
 * directory for pages, {@code clockwork.seed} runs just the schedule of that seed, {@code clockwork.schedules} so many of each test.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(ClockworkExtension.class)
public @interface CausalTest {
    /** {@return what it fails on} */
    Finding[] findings() default Finding.RACE;

    /** {@return how sure a finding is at least that it fails on} */
    Race.Verdict failOn() default Race.Verdict.LIKELY;

    /**
     * {@return under how many schedules it runs, until one fails: from 1} Each has a seed of its own, one more than the one before,
     * and holds tasks up before their events by it.
     */
    int schedules() default 1;

    /** {@return the seed of the first schedule; 0 is that of the schedule that holds up nothing} */
    long seed() default 0;
}
