package io.overc.script;

import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
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

/** Calls a site script, and makes of its exit codes what the verbs promise. */
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

  CommandResult read(String attempt, List<String> arguments) {
    return runner.run(command(arguments).build()).orThrow(attempt);
  }

  void run(String verb, String subject, List<String> arguments, OperationOptions call) {
    try (Operation operation = Operation.start(call.listener(), "container " + verb, subject, 1)) {
      operation.step("run " + script.file());
      Command command =
          command(arguments).lines(line -> operation.output(script.name(), line)).build();
      try {
        runner.run(command).orThrow(verb + " " + subject);
      } catch (OvercException e) {
        operation.failed(e);
        throw e;
      }
      operation.succeeded(verb + " of " + subject + " done by " + script.file());
    }
  }

  void change(
      String verb,
      String name,
      List<String> arguments,
      WhenActive whenActive,
      OperationOptions call) {
    try {
      run(verb, name, arguments, call);
    } catch (CommandFailedException e) {
      throw explained(verb, name, whenActive, e);
    }
  }

  CommandResult raw(List<String> arguments, Consumer<String> out, Consumer<String> err) {
    return runner.run(command(arguments).lines(out).errorLines(err).build());
  }

  /** Tells a missing or an active container from another failure, at the cost of one call. */
  private OvercException explained(
      String verb, String name, WhenActive whenActive, CommandFailedException failure) {
    ContainerStatus status;
    try {
      status = status(name);
    } catch (OvercException e) {
      failure.addSuppressed(e);
      return failure;
    }
    OvercException kind = failure;
    if (status == ContainerStatus.ABSENT && !verb.equals("activate")) {
      kind =
          new NotFoundException(
              "Could not %s %s: there is no such container (%s)"
                  .formatted(verb, name, failure.getMessage()));
      kind.initCause(failure);
    } else if (status == ContainerStatus.ACTIVE && whenActive == WhenActive.REFUSE) {
      kind =
          new RefusedException(
              "Could not %s %s: it is active; stop it first, or allow it to be stopped (-f) (%s)"
                  .formatted(verb, name, failure.getMessage()));
      kind.initCause(failure);
    }
    return kind;
  }

  private CommandBuilder command(List<String> arguments) {
    CommandBuilder builder = script.command(arguments).timeout(timeout);
    environment.forEach(builder::environment);
    return builder;
  }
}
