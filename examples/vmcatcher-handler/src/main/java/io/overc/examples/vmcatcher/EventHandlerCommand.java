package io.overc.examples.vmcatcher;

import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import io.overc.examples.console.Console;
import io.overc.examples.console.Exit;
import io.overc.examples.console.Program;
import io.overc.image.EventKeptException;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.image.IncompleteEventException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the command {@code vmcatcher-event-handler}. */
@Command(
    name = "vmcatcher-event-handler",
    description = {
      "Hand an event of VMcatcher to the cloud. VMcatcher runs this for each event if its",
      "VMCATCHER_CACHE_EVENT names it; the event is read from the environment (VMCATCHER_*)."
    },
    footer = {
      "",
      "Exit codes: 0 done or ignored; 1 failed (and kept, where opennebula.spool is set);",
      "2 the configuration or the image is refused; 3 a variable the event needs is empty.",
      "Run it with --replay now and then (cron): it handles the events that were kept, and",
      "expires the images whose expiry was postponed."
    })
public final class EventHandlerCommand implements Callable<Integer> {
  private static final String LOG_FILE = "VMCHNDL_ON_LOG_FILE";

  /** The image or the configuration is at fault: the same event would fail again. */
  private static final int REFUSED = 2;

  /** VMcatcher did not say what the event needs. */
  private static final int INCOMPLETE = 3;

  private final Console console;

  @Option(
      names = {"-o", "--log"},
      paramLabel = "FILE",
      description =
          "Append the log to FILE (else to the file that VMCHNDL_ON_LOG_FILE names, else to standard error).")
  private @Nullable Path log;

  @Option(names = "--replay", description = "Handle what was kept instead of a new event.")
  private boolean replay;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = "opennebula",
      description = "Which cloud to use (default: ${DEFAULT-VALUE}).")
  private String backend = "";

  EventHandlerCommand(Console console) {
    this.console = console;
  }

  /**
   * Runs the program and ends this JVM with its exit code.
   *
   * @param arguments the arguments
   */
  public static void main(String[] arguments) {
    System.exit(program().run(arguments));
  }

  static Program program() {
    return Program.of(EventHandlerCommand.class)
        .withExitCode(IncompleteEventException.class, INCOMPLETE)
        .withExitCode(EventKeptException.class, Exit.FAILED)
        .withExitCode(VerificationException.class, REFUSED)
        .withExitCode(InvalidArgumentException.class, REFUSED)
        .withExitCode(NotFoundException.class, REFUSED)
        .withExitCode(RefusedException.class, Exit.FAILED);
  }

  @Override
  public Integer call() {
    try (EventLog events = EventLog.open(file(), console)) {
      try {
        return run(events);
      } catch (RuntimeException e) {
        events.failed(e);
        throw e;
      }
    }
  }

  private Optional<Path> file() {
    return Optional.ofNullable(log)
        .or(
            () ->
                Optional.ofNullable(console.environment().get(LOG_FILE))
                    .filter(name -> !name.isEmpty())
                    .map(Path::of));
  }

  private int run(EventLog events) {
    if (replay) {
      return replay(events);
    }
    ImageEvent event = ImageEvent.fromEnvironment(console.environment());
    ImageListHandler handler = console.overc().imageListHandler(backend);
    if (dryRun) {
      ImagePlan plan = handler.plan(event);
      return console.show(
          plan,
          out -> {
            out.println(plan.summary());
            plan.steps().forEach(step -> out.println("  " + step));
          });
    }
    ImageOutcome outcome = handler.handle(event, OperationOptions.of(events));
    ResultDocument result = ResultDocument.of(ImageResult.handled(event, outcome));
    events.line(result.text());
    return console.show(result, out -> {});
  }

  private int replay(EventLog events) {
    ImageListHandler handler = console.overc().imageListHandler(backend);
    List<ImageResult> results = handler.replay(OperationOptions.of(events));
    List<ResultDocument> documents = results.stream().map(ResultDocument::of).toList();
    documents.forEach(document -> events.line(document.text()));
    console.show(documents, out -> {});
    boolean failed = results.stream().anyMatch(result -> result.failure().isPresent());
    return failed ? Exit.FAILED : Exit.DONE;
  }
}
