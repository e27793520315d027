package io.overc.script;

import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationInfo;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Calls a site script, and makes of its exit codes what the operations promise. */
final class ScriptCalls {
  private final SiteScript script;
  private final CommandRunner runner;
  private final Duration timeout;
  private final Map<String, String> environment;

  ScriptCalls(
      SiteScript script, CommandRunner runner, Duration timeout, Map<String, String> environment) {
    this.script = script;
    this.runner = runner;
    this.timeout = timeout;
    this.environment = Map.copyOf(environment);
  }

  String template() {
    return script.name();
  }

  ContainerStatus status(String name) {
    CommandResult result = runner.run(command(ScriptArguments.status(name)).build());
    return ContainerStatus.ofCode(result.exitCode())
        .orElseThrow(() -> new CommandFailedException("ask for the status of " + name, result));
  }

  /** Lists the containers: the first word of each line. */
  List<String> containers() {
    return read("list the containers", ScriptArguments.list())
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.strip().split("\\s+", 2)[0])
        .sorted()
        .toList();
  }

  CommandResult read(String attempt, List<String> arguments) {
    return runner.run(command(arguments).build()).orThrow(attempt);
  }

  /** Calls the script as an operation that concerns no container. */
  void run(OperationKind kind, String subject, List<String> arguments, OperationOptions call) {
    Operation.run(call, kind, subject, operation -> run(operation, arguments));
  }

  /** Calls the script as an operation on a container. */
  void change(
      OperationKind kind,
      String name,
      List<String> arguments,
      WhenActive whenActive,
      OperationOptions call) {
    Operation.run(call, kind, name, operation -> change(operation, name, arguments, whenActive));
  }

  boolean run(Operation operation, List<String> arguments) {
    operation.step("run " + script.file());
    Command command =
        command(arguments).lines(line -> operation.output(script.name(), line)).build();
    OperationInfo info = operation.info();
    runner.run(command).orThrow(attempt(info.kind()) + " " + info.subject());
    operation.result(info + " done by " + script.file());
    return true;
  }

  boolean change(Operation operation, String name, List<String> arguments, WhenActive whenActive) {
    try {
      return run(operation, arguments);
    } catch (CommandFailedException e) {
      throw explained(operation.info().kind(), name, whenActive, e);
    }
  }

  private static String attempt(OperationKind kind) {
    return kind.equals(OperationKind.SNAPSHOT_CREATE)
        ? "snapshot"
        : kind.equals(OperationKind.SNAPSHOT_DELETE)
            ? "delete the snapshots of"
            : kind.name().replaceFirst("^container ", "");
  }

  CommandResult raw(List<String> arguments, Consumer<String> out, Consumer<String> err) {
    return runner.run(command(arguments).lines(out).errorLines(err).build());
  }

  // Tells a missing or an active container from another failure, at the cost of one call.
  private OvercException explained(
      OperationKind kind, String name, WhenActive whenActive, CommandFailedException failure) {
    ContainerStatus status;
    try {
      status = status(name);
    } catch (OvercException e) {
      failure.addSuppressed(e);
      return failure;
    }
    OvercException explained = failure;
    if (status == ContainerStatus.ABSENT && !kind.equals(OperationKind.CONTAINER_ACTIVATE)) {
      explained =
          new NotFoundException(
              "Could not %s %s: there is no such container (%s)"
                  .formatted(attempt(kind), name, failure.getMessage()));
      explained.initCause(failure);
    } else if (status == ContainerStatus.ACTIVE && whenActive == WhenActive.REFUSE) {
      explained =
          new RefusedException(
              RefusedException.Guard.ACTIVE,
              "Could not %s %s: it is active (%s)"
                  .formatted(attempt(kind), name, failure.getMessage()),
              Remedy.of(
                  Remedy.Action.ALLOW_STOP, name, "stop it first, or allow it to be stopped"));
      explained.initCause(failure);
    }
    return explained;
  }

  private CommandBuilder command(List<String> arguments) {
    CommandBuilder builder = script.command(arguments).timeout(timeout);
    environment.forEach(builder::environment);
    return builder;
  }
}
