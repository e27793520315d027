package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Tries what people who mean harm would hand in. Each input is refused with a message that can be
 * shown on a terminal, or does no harm: within seconds, and with a tree beside it as it was.
 */
public final class HostileInputs {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final String area;
  private final Path canary;
  private final List<String> harm = new ArrayList<>();
  private TreeDigest before;
  private int refused;
  private int harmless;

  /** Hands in one input. */
  @FunctionalInterface
  public interface Attempt {
    /**
     * Does it.
     *
     * @throws Exception an {@link OvercException} if it is refused; all else is harm
     */
    void run() throws Exception;
  }

  /**
   * Makes a tree that nothing may change.
   *
   * @param area what is tried, for the report
   * @param canary where the tree is to be, near what may be changed
   * @throws IOException if that fails
   */
  public HostileInputs(String area, Path canary) throws IOException {
    this.area = area;
    this.canary = canary;
    make();
    this.before = TreeDigest.of(canary);
  }

  private void make() throws IOException {
    Files.createDirectories(canary.resolve("directory/inner"));
    Path secret = Files.writeString(canary.resolve("secret"), "canary ".repeat(100));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    Files.writeString(canary.resolve("directory/file"), "canary");
    Files.createSymbolicLink(canary.resolve("link"), Path.of("secret"));
  }

  /**
   * Tries one input.
   *
   * @param input what it is, for the report
   * @param attempt hands it in
   * @throws IOException if the tree cannot be read
   */
  public void attempt(String input, Attempt attempt) throws IOException {
    long began = System.nanoTime();
    try {
      attempt.run();
      harmless++;
    } catch (OvercException e) {
      refused++;
      if (!printable(String.valueOf(e.getMessage()))) {
        harm.add(input + ": its message cannot be shown: " + shown(String.valueOf(e.getMessage())));
      }
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
      harm.add(input + ": " + e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (took.compareTo(LONGEST) > 0) {
      harm.add(input + ": it took " + took);
    }
    List<String> changes = before.differences(TreeDigest.of(canary));
    if (!changes.isEmpty()) {
      harm.add(input + ": " + changes);
      before = TreeDigest.of(canary);
    }
  }

  /**
   * Tries many inputs of one kind.
   *
   * @param inputs the inputs
   * @param attempts what is done with each
   * @throws IOException if the tree cannot be read
   */
  public void each(List<String> inputs, Function<String, Attempt> attempts) throws IOException {
    for (String input : inputs) {
      attempt(shown(input), attempts.apply(input));
    }
  }

  /**
   * Says how many were tried, and fails if one did harm.
   *
   * @param least how many there must have been
   */
  public void end(int least) {
    int tried = refused + harmless + harm.size();
    System.out.printf(
        "Hostile %s: %d tried, %d refused, %d harmless, %d harmed%n",
        area, tried, refused, harmless, harm.size());
    assertThat(harm).as(area).isEmpty();
    assertThat(tried).as("inputs tried").isGreaterThanOrEqualTo(least);
  }

  private static boolean printable(String text) {
    return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
  }

  private static String shown(String text) {
    return text.length() > 60
        ? shown(text.substring(0, 60)) + "…"
        : text.replaceAll("\\p{Cc}", "?");
  }
}
