package io.overc.lxc.snapshot;

import io.overc.internal.file.ForeignText;
import io.overc.internal.file.LosslessText;
import io.overc.lxc.container.ContainerConfig;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Trust;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The config of a snapshot from elsewhere: of its lines only those that do nothing outside of the
 * container ({@link ConfigRules}), those that every new container here gets, and those that the
 * caller trusts. LXC would do as root what the others say.
 *
 * @param config what is left; the root is yet to be set
 * @param leftOut what a person should know of the rest, safe to be shown
 */
record ImportedConfig(ContainerConfig config, List<String> leftOut) {
  /** As LXC reads a line: blanks are spaces and tabs, and a value may be quoted. */
  private static final Pattern SETTING =
      Pattern.compile("[ \\t]*(lxc\\.[^= \\t]+)[ \\t]*=[ \\t]*(.*?)[ \\t]*");

  private static final Pattern NOTHING = Pattern.compile("[ \\t\\r]*(#.*)?");
  private static final Pattern ROOT = Pattern.compile("lxc\\.rootfs(\\.path)?");
  private static final Pattern TYPE = Pattern.compile("lxc\\.net\\.[0-9]+\\.type");

  /** What LXC itself brings; most of these take rights away. */
  private static final Pattern OWN_INCLUDE =
      Pattern.compile("/usr/share/lxc/config/([a-z]+(-cloud)?\\.)?(common|userns)\\.conf");

  /** More than anybody reads. */
  private static final int MOST_SHOWN = 100;

  private static final int LONGEST_SHOWN = 200;

  ImportedConfig {
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Judges each line of a config.
   *
   * @param text the config
   * @param defaults the config that new containers get here
   * @param options what is trusted
   */
  static ImportedConfig of(String text, String defaults, ImportOptions options) {
    Set<String> usual = new HashSet<>();
    LosslessText.lines(defaults).forEach(line -> setting(line).ifPresent(s -> usual.add(s.text())));
    List<String> kept = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (String line : LosslessText.lines(text)) {
      Optional<Setting> setting = setting(line);
      if (setting.isPresent()) {
        judge(setting.get(), usual, options, kept, leftOut);
      } else if (!NOTHING.matcher(line).matches()) {
        leftOut.add(shown(line) + ": it is not a setting of LXC");
      } else if (!hasControls(line)) {
        kept.add(line);
      }
    }
    int more = leftOut.size() - MOST_SHOWN;
    if (more > 0) {
      leftOut.subList(MOST_SHOWN, leftOut.size()).clear();
      leftOut.add(more + " more");
    }
    return new ImportedConfig(ContainerConfig.parse(String.join("\n", kept)), leftOut);
  }

  private static void judge(
      Setting setting,
      Set<String> usual,
      ImportOptions options,
      List<String> kept,
      List<String> leftOut) {
    if (ROOT.matcher(setting.key).matches()) {
      return; // The import says where the root is.
    }
    if (setting.key.equals("lxc.include")) {
      if (OWN_INCLUDE.matcher(setting.value()).matches()) {
        kept.add(setting.text());
      } else {
        leftOut.add(shown(setting.text()) + ": an import never includes other files");
      }
      return;
    }
    Set<Trust> needs = ConfigRules.needs(setting.key, setting.value());
    if (usual.contains(setting.text()) || options.trusted().containsAll(needs)) {
      kept.add(setting.text());
      return;
    }
    leftOut.add(shown(setting.text()) + ": " + reason(needs));
    if (TYPE.matcher(setting.key).matches()) {
      // The other lines of this network stay, and would make no sense without a type.
      kept.add(setting.key + " = empty");
    }
  }

  private static String reason(Set<Trust> needs) {
    if (needs.equals(ConfigRules.UNKNOWN)) {
      return "it is not known what it does to this host, and not everything is trusted";
    }
    List<String> names = new ArrayList<>();
    new TreeSet<>(needs).forEach(kind -> names.add(kind.name().toLowerCase(Locale.ROOT)));
    return String.join(", ", names) + " are not trusted";
  }

  private static Optional<Setting> setting(String line) {
    Matcher matcher = SETTING.matcher(line);
    return matcher.matches() && !hasControls(line)
        ? Optional.of(new Setting(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  private static boolean hasControls(String line) {
    return line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c));
  }

  private static String shown(String line) {
    String all = ForeignText.shown(LosslessText.encode(line));
    return all.length() > LONGEST_SHOWN ? all.substring(0, LONGEST_SHOWN) + "…" : all;
  }

  private record Setting(String key, String written) {
    String text() {
      return (key + " = " + written).stripTrailing();
    }

    /** What LXC takes for the value. */
    String value() {
      int last = written.length() - 1;
      boolean quoted =
          last > 0
              && (written.charAt(0) == '"' || written.charAt(0) == '\'')
              && written.charAt(last) == written.charAt(0);
      return quoted ? written.substring(1, last) : written;
    }
  }
}
