package io.overc.examples.overc;

import io.overc.error.Remedy;
import io.overc.host.HostStatus;
import io.overc.host.HostStatus.BootOutcome;
import io.overc.host.HostStatus.LastSwitch;
import io.overc.host.Phase;
import io.overc.host.Preflight;
import io.overc.host.Preflight.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code --json} prints where the words of this program are not those of the library. */
final class HostDocuments {
  private HostDocuments() {}

  static Status of(HostStatus status) {
    return new Status(
        status.phase(),
        status.running(),
        status.next(),
        status.backup(),
        status.slots(),
        status.kernels(),
        status.lastSwitch().map(HostDocuments::of),
        status.interrupted());
  }

  private static Switch of(LastSwitch last) {
    return new Switch(last.operation(), last.expected(), last.since(), outcome(last.outcome()));
  }

  private static String outcome(BootOutcome outcome) {
    return switch (outcome) {
      case NOT_BOOTED_YET -> "not-booted-yet";
      case BOOTED_AS_EXPECTED -> "as-meant";
      case BOOTED_OTHER -> "otherwise";
    };
  }

  static Requirements of(Preflight preflight) {
    return new Requirements(
        preflight.requirements().stream()
            .map(
                r ->
                    new Requirement(
                        r.title(), r.verdict(), r.detail(), r.fix().map(Remedy::text).orElse("")))
            .toList());
  }

  record Status(
      Phase phase,
      String running,
      String next,
      Optional<String> backup,
      List<HostStatus.Slot> slots,
      List<HostStatus.KernelFile> kernels,
      Optional<Switch> lastSwitch,
      Optional<String> interrupted) {}

  record Switch(String operation, String meant, Instant since, String outcome) {}

  record Requirements(List<Requirement> requirements) {}

  record Requirement(String title, Verdict verdict, String detail, String cure) {}
}
