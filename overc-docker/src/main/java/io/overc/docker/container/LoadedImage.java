package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.error.VerificationException;
import io.overc.exec.CommandResult;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads archives of {@code docker save}. */
final class LoadedImage {
  private static final Pattern LOADED = Pattern.compile("Loaded image(?: ID|\\(s\\))?: (\\S+)");

  private LoadedImage() {}

  /** Returns the name or the id of the image in an archive. */
  static String from(Docker docker, Path file) {
    CommandResult result =
        docker.effects().make("load image", () -> docker.run("load", "--input", file.toString()));
    String output = result.stdout();
    Matcher name = LOADED.matcher(output);
    if (!result.succeeded() || !name.find()) {
      throw new VerificationException(
          "The file %s is no archive of an image: %s"
              .formatted(file, (result.stderr() + output).strip()));
    }
    return name.group(1);
  }
}
