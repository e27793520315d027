package io.overc.docker.service;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.servicepack.PackScript;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the scripts of services that run.
 *
 * @param timeout how long a script may take that needs no terminal
 */
record ServiceScripts(EngineContainers containers, ServiceListing listing, Duration timeout) {

  CommandResult run(PackScript script, String target, List<String> arguments) {
    return exec(call(script, target, arguments), docker().call().timeout(timeout));
  }

  /** Runs a script with the terminal of this process, where it has one; returns its exit code. */
  int open(PackScript script, String target, List<String> arguments) {
    return attach(call(script, target, arguments));
  }

  int openShell(String target) {
    ServiceName name = ServiceName.target(target);
    List<ServiceContainer> all = listing.require(name);
    return attach(Call.of(all, running(all, name), List.of("/bin/sh")));
  }

  /** Writes what the backup script prints to a new file that only its owner may read. */
  void backup(String target, Path file, OperationOptions options) {
    Call call = call(PackScript.BACKUP, target, List.of());
    Operation.run(
        options,
        OperationKind.SERVICE_BACKUP,
        target,
        operation -> {
          operation.step("run bin/backup");
          backup(call, target, file, operation);
          operation.result(target + " is backed up to " + file);
          return file;
        });
  }

  private void backup(Call call, String target, Path file, Operation operation) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      create(file, unfinished);
      CommandBuilder command =
          docker()
              .call()
              .timeout(timeout)
              .outputFile(unfinished)
              .lines(line -> operation.output(PackScript.BACKUP.path(), line));
      docker()
          .effects()
          .run(
              "write backup",
              () -> {
                exec(call, command).orThrow("back up the service " + target);
                Files.createLink(file, unfinished);
              });
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  List<String> logs(String target, int lines) {
    ServiceName name = ServiceName.target(target);
    return docker().log(part(listing.require(name), name).name(), lines);
  }

  private Docker docker() {
    return containers.docker();
  }

  private CommandResult exec(Call call, CommandBuilder settings) {
    String mark = EngineContainers.mark();
    settings.arguments(call.options).arguments("--env", mark, call.container);
    return containers.exec(call.container, mark, settings.arguments(call.program).build());
  }

  private int attach(Call call) {
    // The engine must be told whether there is a terminal to lend.
    List<String> terminal =
        isTerminal(0) && isTerminal(1)
            ? List.of("--interactive", "--tty")
            : List.of("--interactive");
    CommandBuilder command =
        docker()
            .call(call.options)
            .arguments(terminal)
            .arguments(call.container)
            .arguments(call.program);
    return docker().runner().attach(command.build());
  }

  private Call call(PackScript script, String target, List<String> arguments) {
    ServiceName name = ServiceName.target(target);
    List<ServiceContainer> all = listing.require(name);
    ServiceContainer container = running(all, name);
    if (!container.pack().scripts().contains(script.name())) {
      throw new NotFoundException(
          "The pack '%s' of the service '%s' has no %s"
              .formatted(container.pack().pack(), name.name(), script.path()));
    }
    List<String> program = new ArrayList<>(List.of("/service/" + script.path()));
    program.addAll(arguments);
    return Call.of(all, container, program);
  }

  /** A program in a container; {@code options} are {@code exec} and its options. */
  private record Call(String container, List<String> options, List<String> program) {
    /** The variables are filled in now: addresses change with every start. */
    static Call of(List<ServiceContainer> all, ServiceContainer container, List<String> program) {
      List<String> options = new ArrayList<>(List.of("exec", "--workdir", "/service"));
      ServiceListing.environment(all)
          .lines()
          .forEach(line -> options.addAll(List.of("--env", line)));
      return new Call(container.name(), options, program);
    }
  }

  private static ServiceContainer running(List<ServiceContainer> containers, ServiceName name) {
    ServiceContainer container = part(containers, name);
    if (!container.engine().running()) {
      throw new RefusedException(
          "The container '%s' does not run (%s): start the service '%s' first"
              .formatted(container.name(), container.engine().state(), name.name()));
    }
    return container;
  }

  private static ServiceContainer part(List<ServiceContainer> containers, ServiceName name) {
    return containers.stream()
        .filter(c -> name.component().isEmpty() || c.component().equals(name.component()))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "The service '%s' has no component '%s'; it has %s"
                        .formatted(
                            name.name(),
                            name.component(),
                            containers.stream().map(ServiceContainer::component).toList())));
  }

  private static void create(Path file, Path unfinished) throws IOException {
    if (Files.exists(file)) {
      throw exists(file);
    }
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static RefusedException exists(Path file) {
    return new RefusedException(
        RefusedException.Guard.EXISTS,
        "The file " + file + " exists",
        Remedy.other("name another one, or remove it first"));
  }

  /** The console of the JDK is no answer: since JDK 22 there is one without a terminal too. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
