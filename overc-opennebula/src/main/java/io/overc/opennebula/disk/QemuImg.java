package io.overc.opennebula.disk;

import io.overc.error.VerificationException;
import io.overc.exec.CommandResult;
import io.overc.opennebula.xml.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs qemu-img. The format is always named, so that it never guesses. */
final class QemuImg {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Pattern VIRTUAL_SIZE = Pattern.compile("\"virtual-size\":\\s*(\\d{1,19})");
  private static final Pattern ELSEWHERE =
      Pattern.compile("\"(backing-filename|full-backing-filename|data-file)\":");
  private static final Pattern EXTENT =
      Pattern.compile("\"extents\":\\s*\\[(.*?)]", Pattern.DOTALL);

  private final Confinement confinement;
  private final Duration timeout;

  QemuImg(Confinement confinement, Duration timeout) {
    this.confinement = confinement;
    this.timeout = timeout;
  }

  /** Returns how many bytes the disk has, and refuses one that is spread over several files. */
  long virtualSize(Path file, DiskFormat format, Path directory) throws IOException {
    CommandResult result =
        confinement.run(
            file,
            directory,
            QUICK,
            (image, out) ->
                List.of("info", "--output=json", "-f", format.tool(), "--", image.toString()));
    if (!result.succeeded()) {
      throw new VerificationException(
          "The image %s cannot be read as %s: %s"
              .formatted(file, format.tool(), Shown.text(result.stderr())));
    }
    String json = result.stdout();
    Matcher extents = EXTENT.matcher(json);
    boolean severalExtents = extents.find() && extents.group(1).split("\\{", -1).length > 2;
    if (ELSEWHERE.matcher(json).find() || severalExtents) {
      throw new VerificationException(
          "The image " + file + " is not complete in one file; only such an image is taken");
    }
    OptionalLong size = size(json);
    if (size.isEmpty()) {
      throw new VerificationException("qemu-img does not report the size of the image " + file);
    }
    return size.getAsLong();
  }

  private static OptionalLong size(String json) {
    Matcher matcher = VIRTUAL_SIZE.matcher(json);
    OptionalLong last = OptionalLong.empty();
    while (matcher.find()) {
      try {
        last = OptionalLong.of(Long.parseLong(matcher.group(1)));
      } catch (NumberFormatException e) {
        return OptionalLong.of(Long.MAX_VALUE);
      }
    }
    return last;
  }

  /** Converts an image; a broken one is the image's fault, running out of time is not. */
  void convert(Path from, DiskFormat format, Path to, DiskFormat target) throws IOException {
    CommandResult result =
        confinement.run(
            from,
            to.resolveSibling(""),
            timeout,
            (image, out) ->
                List.of(
                    "convert",
                    "-f",
                    format.tool(),
                    "-O",
                    target.tool(),
                    "--",
                    image.toString(),
                    out.resolve(to.getFileName()).toString()));
    if (result.succeeded()) {
      return;
    }
    if (result.stderr().contains("No space left")) {
      result.orThrow("convert " + from + " to " + target.tool());
    }
    throw new VerificationException(
        "The image %s cannot be converted from %s to %s: %s"
            .formatted(from, format.tool(), target.tool(), Shown.text(result.stderr())));
  }
}
