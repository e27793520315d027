package io.overc.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Proves a contract kit: puts one fault after another into a sample backend, runs the kit on it,
 * and tells which faults the kit has not noticed.
 *
 * <pre>{@code
 * class SampleUnderFault extends SnapshotStoreContract {
 *   protected SnapshotStore store() {
 *     return new SampleStore(KitMutation.active("forgets the comment"));
 *   }
 * }
 *
 * KitMutation.Report report = KitMutation.of(SampleUnderFault.class, "forgets the comment", …).run();
 * assertThat(report.missed()).isEmpty();
 * }</pre>
 *
 * <p>One at a time: the fault that is active is one of the whole JVM.
 */
public final class KitMutation {
  private static volatile String current = "";
  private static volatile boolean noticed;

  private final Class<?> kit;
  private final List<String> faults;

  private KitMutation(Class<?> kit, List<String> faults) {
    this.kit = kit;
    this.faults = faults;
  }

  /**
   * Prepares a proof.
   *
   * @param kit a class of tests that extends the contract, for a sample that asks {@link #active}
   * @param faults their names
   * @return the proof
   */
  public static KitMutation of(Class<?> kit, List<String> faults) {
    return new KitMutation(kit, List.copyOf(faults));
  }

  /**
   * Tells whether the sample has a fault now.
   *
   * @param fault its name
   * @return whether it has
   */
  public static boolean active(String fault) {
    return current.equals(fault);
  }

  /**
   * Tells whether a proof is running, for the sample's class of tests to be skipped otherwise.
   *
   * @return whether one is
   */
  public static boolean running() {
    return !current.isEmpty();
  }

  /**
   * Tells whether a test has noticed the fault already, so that the rest can be skipped.
   *
   * @return whether one has
   */
  public static boolean noticed() {
    return noticed;
  }

  /**
   * Runs the kit without a fault, which must succeed, then once with each.
   *
   * @return what the kit noticed
   * @throws AssertionError if the kit fails without a fault
   */
  public Report run() {
    List<String> healthy = failures("none");
    if (!healthy.isEmpty()) {
      throw new AssertionError("The kit fails without a fault: " + healthy);
    }
    Map<String, List<String>> caught = new LinkedHashMap<>();
    for (String fault : faults) {
      caught.put(fault, failures(fault));
    }
    return new Report(caught);
  }

  private List<String> failures(String fault) {
    Listener listener = new Listener();
    current = fault;
    noticed = false;
    try {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(kit)).build();
      // Listeners of the run around this one must not take its failures for theirs.
      LauncherConfig config =
          LauncherConfig.builder()
              .enableTestExecutionListenerAutoRegistration(false)
              .enableLauncherSessionListenerAutoRegistration(false)
              .build();
      Launcher launcher = LauncherFactory.create(config);
      launcher.execute(request, listener);
    } finally {
      current = "";
      noticed = false;
    }
    if (listener.succeeded == 0 && listener.failed.isEmpty()) {
      throw new AssertionError("No test of " + kit.getName() + " ran: " + fault);
    }
    return listener.failed;
  }

  /**
   * What a kit noticed.
   *
   * @param caught each fault with the tests that failed; none if it was missed
   */
  public record Report(Map<String, List<String>> caught) {
    /**
     * Returns the faults that no test noticed.
     *
     * @return their names
     */
    public List<String> missed() {
      return caught.entrySet().stream()
          .filter(fault -> fault.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .toList();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append(caught.size() - missed().size()).append(" of ").append(caught.size());
      text.append(" faults caught\n");
      caught.forEach(
          (fault, tests) ->
              text.append(
                  "  %s: %s%n".formatted(fault, tests.isEmpty() ? "MISSED" : tests.get(0))));
      return text.toString();
    }
  }

  private static final class Listener implements TestExecutionListener {
    private static final int LONGEST_REASON = 120;

    private final List<String> failed = new ArrayList<>();
    private int succeeded;

    private static String reason(TestExecutionResult result) {
      return result
          .getThrowable()
          .map(thrown -> String.join(" ", thrown.toString().strip().split("\\s+", -1)))
          .map(text -> text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON))
          .orElse("");
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean success = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      if (!success && result.getStatus() == TestExecutionResult.Status.FAILED) {
        noticed = true;
        failed.add(test.getDisplayName() + " ← " + reason(result));
      } else if (success && test.isTest()) {
        succeeded++;
      }
    }
  }
}
