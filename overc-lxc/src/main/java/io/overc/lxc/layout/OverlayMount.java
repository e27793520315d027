package io.overc.lxc.layout;

import io.overc.internal.file.LosslessText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An overlay that LXC mounts at the start of a container: one {@code lxc.mount.entry}.
 *
 * <p>Its fields are those of fstab(5), where blanks and backslashes are octal; in the options of an
 * overlay, colons and backslashes have a backslash before them. A comma cannot be said: LXC 5.0.2
 * takes the options apart at each one, escaped or not, and drops what it does not know. Nor can a
 * double quote: mount(8) takes it for the begin of a value. The target has no first slash; the
 * topmost of the lower layers comes first.
 */
public record OverlayMount(String target, List<Path> lowers, Path upper, Path work) {
  /** The kernel takes one page of options, the end of the text among them. */
  public static final int LONGEST_OPTIONS = 4095;

  /** Keeps the upper layer plain: whole files in it, and no directory that stands for another. */
  private static final String FEATURES = "redirect_dir=off,metacopy=off,index=off";

  private static final Pattern LINE =
      Pattern.compile(
          "\\s*lxc\\.mount\\.entry\\s*=\\s*\\S+\\s+(\\S+)\\s+overlay\\s+(\\S+).*", Pattern.DOTALL);

  public OverlayMount {
    lowers = List.copyOf(lowers);
  }

  /** Reads a line of a config; empty if it is about something else. */
  public static Optional<OverlayMount> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Path> lowers = new ArrayList<>();
    Path upper = null;
    Path work = null;
    try {
      for (String option : parts(fromFstab(matcher.group(2)), ',')) {
        if (option.startsWith("lowerdir=")) {
          for (String lower : parts(option.substring("lowerdir=".length()), ':')) {
            lowers.add(LosslessText.path(unescaped(lower)));
          }
        } else if (option.startsWith("upperdir=")) {
          upper = LosslessText.path(unescaped(option.substring("upperdir=".length())));
        } else if (option.startsWith("workdir=")) {
          work = LosslessText.path(unescaped(option.substring("workdir=".length())));
        }
      }
    } catch (InvalidPathException e) {
      return Optional.empty(); // Written by hand, and nothing that could be mounted.
    }
    return upper == null || work == null
        ? Optional.empty()
        : Optional.of(new OverlayMount(fromFstab(matcher.group(1)), lowers, upper, work));
  }

  /** Tells whether a path has a character that no option can hold. */
  public static boolean fitsNoOption(String path) {
    return path.indexOf(',') >= 0 || path.indexOf('"') >= 0;
  }

  public String line() {
    return "lxc.mount.entry = overlay %s overlay %s 0 0"
        .formatted(toFstab(target), toFstab(options()));
  }

  /** Returns the options as mount(8) takes them, to write to the upper layer. */
  public String options() {
    return "lowerdir=%s,upperdir=%s,workdir=%s,%s"
        .formatted(layers(lowers), escaped(upper), escaped(work), FEATURES);
  }

  /** Returns the options of a mount that only reads. */
  public String readOnlyOptions() {
    List<Path> all = new ArrayList<>(List.of(upper));
    all.addAll(lowers);
    return "lowerdir=" + layers(all);
  }

  /** Returns the roots of which the sources below the mask are directories. */
  public List<Path> sourceRoots() {
    Path below = LosslessText.path(target);
    return lowers.stream()
        .skip(1)
        .filter(lower -> lower.endsWith(below))
        .map(lower -> lower.resolve("../".repeat(below.getNameCount())).normalize())
        .toList();
  }

  public OverlayMount withLowers(List<Path> others) {
    return new OverlayMount(target, others, upper, work);
  }

  /** Returns the same mount after the directory of its container moved. */
  public OverlayMount moved(Path from, Path to) {
    UnaryOperator<Path> move =
        path -> path.startsWith(from) ? to.resolve(from.relativize(path)) : path;
    return new OverlayMount(
        target, lowers.stream().map(move).toList(), move.apply(upper), move.apply(work));
  }

  /** Returns how many bytes of options the kernel would get. */
  public int length() {
    return LosslessText.encode(options()).length;
  }

  private static String layers(List<Path> layers) {
    return String.join(":", layers.stream().map(OverlayMount::escaped).toList());
  }

  private static String escaped(Path path) {
    return LosslessText.of(path).replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }

  private static String toFstab(String text) {
    return text.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011");
  }

  private static String fromFstab(String text) {
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }

  /** Takes a text apart at a character that has no backslash before it. */
  private static List<String> parts(String text, char divider) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        part.append(c).append(text.charAt(++i));
      } else if (c == divider) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
