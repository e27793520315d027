package io.overc.examples.custom;

import io.overc.container.Template;
import io.overc.directory.DirectoryContainers;
import io.overc.error.InterruptedOperationException;
import io.overc.event.Operation;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Maintains programs of the shell as containers: fills a directory, starts and ends a process. */
final class ProgramBackend extends DirectoryContainers {
  private static final String DEFAULT = "while :; do sleep 1; done\n";

  private final Template template;

  ProgramBackend(Path root, Template template, SideEffects effects) {
    super(root, effects);
    this.template = template;
  }

  @Override
  protected void fill(Path content, Operation operation) throws IOException {
    Optional<Path> image = template.imagePath();
    String program = image.isPresent() ? Files.readString(image.get()) : DEFAULT;
    Files.writeString(content.resolve("program"), program);
  }

  @Override
  protected boolean runs(Path container) throws IOException {
    return process(container).isPresent();
  }

  @Override
  protected void launch(Path container) throws IOException {
    Process process =
        new ProcessBuilder("sh", "program")
            .directory(container.resolve("content").toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    String text = process.pid() + "\n" + started(process.toHandle()) + "\n";
    Files.writeString(container.resolve("pid"), text);
  }

  /** Asks the program to end, and after ten seconds makes it. */
  @Override
  protected void end(Path container) throws IOException {
    ProcessHandle process = process(container).orElseThrow();
    process.destroy();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while " + container + " ended", e);
    }
  }

  private static Optional<ProcessHandle> process(Path container) throws IOException {
    Path file = container.resolve("pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    // A number alone could by now belong to another process.
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> started(process).equals(lines.get(1)));
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }
}
