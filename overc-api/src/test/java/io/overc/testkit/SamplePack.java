package io.overc.testkit;

import io.overc.servicepack.PackScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes service packs for tests. Their scripts need a shell and the tools of busybox, nothing
 * else.
 */
public final class SamplePack {
  private final Path directory;
  private final Map<String, String> answers = new TreeMap<>();

  private SamplePack(Path directory) {
    this.directory = directory;
  }

  /**
   * Begins a pack that builds nothing and runs until it is stopped.
   *
   * @param directory its directory, made if it is not there
   * @param os the operating system it asks for
   * @return the pack
   */
  public static SamplePack in(Path directory, String os) {
    SamplePack pack = new SamplePack(directory);
    return pack.answer("os", os)
        .script(PackScript.BUILD, "exit 0")
        .script(PackScript.RUN, "echo running $1; exec sleep 100000");
  }

  /**
   * Says what {@code bin/query} answers.
   *
   * @param question the question
   * @param lines the answer
   * @return this
   */
  public SamplePack answer(String question, String... lines) {
    answers.put(question, String.join("\n", lines));
    StringBuilder query = new StringBuilder("case \"$1\" in\n");
    answers.forEach(
        (asked, answer) ->
            query.append(asked).append(") cat <<'END'\n").append(answer).append("\nEND\n;;\n"));
    return script(PackScript.QUERY, query + "esac");
  }

  /**
   * Says what a script does.
   *
   * @param script the script
   * @param lines shell commands
   * @return this
   */
  public SamplePack script(PackScript script, String... lines) {
    return file(script.path(), "#!/bin/sh\n" + String.join("\n", lines) + "\n", "rwxr-xr-x");
  }

  /**
   * Adds a file.
   *
   * @param path where in the pack
   * @param content what it holds
   * @param permissions for example {@code rwxr-xr-x}
   * @return this
   */
  public SamplePack file(String path, String content, String permissions) {
    try {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns where the pack is.
   *
   * @return its directory
   */
  public Path directory() {
    return directory;
  }
}
