package io.overc.docker.container;

import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rule for options of {@code docker create} that come with a snapshot from elsewhere. Kept is
 * what concerns the container alone, and what is trusted by name; all else is left out, also what
 * is spelled in another way than OverC spells it: {@code --option=value}, or {@code --flag}.
 *
 * @param kept the options that the snapshot may have
 * @param networks the networks beside the one of the options that it may have
 * @param left what it may not have, and why, for people
 */
record ImportedOptions(List<String> kept, List<String> networks, List<String> left) {
  private static final Pattern HARMLESS =
      Pattern.compile(
          "--(init=true|tty|interactive|read-only)"
              + "|--network=(none|bridge|default|podman)"
              + "|--dns=[0-9a-fA-F.:]+"
              + "|--add-host=[\\w.-]+:[0-9a-fA-F.:]+"
              + "|--(memory|cpu-quota)=-?\\d{1,18}"
              + "|--cpus=[\\d.]{1,20}"
              + "|--restart=(no|always|unless-stopped|on-failure(:\\d{1,5})?)"
              + "|--tmpfs=/[\\w./-]*(:[\\w=,]*)?"
              + "|--cap-drop=\\w+"
              + "|--security-opt=no-new-privileges(:true)?");

  private static final Pattern NETWORK = Pattern.compile("[a-zA-Z0-9][\\w.-]*");
  private static final Pattern MOUNTS = Pattern.compile("--(volume|mount|tmpfs)=[^\\p{Cntrl}]+");
  private static final Pattern DEVICES = Pattern.compile("--device=[^\\p{Cntrl}]+");

  /**
   * With the ports of the host and the networks of others: what is there may be taken, or heard.
   */
  private static final Pattern PRIVILEGES =
      Pattern.compile(
          "--privileged|--(cap-add|security-opt|network|publish|add-host|dns)=[^\\p{Cntrl}]+");

  /**
   * Applies the rule.
   *
   * @param own the network that containers have here
   */
  static ImportedOptions of(
      List<String> options, List<String> networks, String own, ImportOptions trust) {
    List<String> kept = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String option : options) {
      Optional<Trust> needed = needed(option);
      if (option.equals("--network=" + own)
          || HARMLESS.matcher(option).matches()
          || needed.filter(trust::trusts).isPresent()) {
        kept.add(option);
      } else {
        left.add(option + reason(needed));
      }
    }
    if (kept.stream().noneMatch(option -> option.startsWith("--network="))) {
      kept.add("--network=" + own);
    }
    List<String> more = new ArrayList<>();
    for (String network : networks) {
      boolean trusted = trust.trusts(Trust.PRIVILEGES) && NETWORK.matcher(network).matches();
      if (trusted || network.equals(own)) {
        more.add(network);
      } else {
        left.add("the network " + network + reason(Optional.of(Trust.PRIVILEGES)));
      }
    }
    return new ImportedOptions(List.copyOf(kept), List.copyOf(more), List.copyOf(left));
  }

  private static String reason(Optional<Trust> needed) {
    return needed
        .map(kind -> ": " + kind.name().toLowerCase(Locale.ROOT) + " are not trusted")
        .orElse(": nothing from elsewhere may have it");
  }

  private static Optional<Trust> needed(String option) {
    if (MOUNTS.matcher(option).matches()) {
      return Optional.of(Trust.MOUNTS);
    } else if (DEVICES.matcher(option).matches()) {
      return Optional.of(Trust.DEVICES);
    }
    return PRIVILEGES.matcher(option).matches() ? Optional.of(Trust.PRIVILEGES) : Optional.empty();
  }
}
