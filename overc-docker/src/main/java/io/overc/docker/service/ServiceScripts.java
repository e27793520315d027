package io.overc.docker.service;

import io.overc.docker.engine.Docker;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.servicepack.PackScript;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the scripts of services that run. */
public final class ServiceScripts {
  private final Docker docker;
  private final SideEffects effects;
  private final ServiceListing listing;
  private final Duration timeout;

  /**
   * Makes no call yet.
   *
   * @param docker calls the engine
   * @param effects the fault-injection point
   * @param listing finds the containers
   * @param timeout how long a script may take that needs no terminal
   */
  public ServiceScripts(
      Docker docker, SideEffects effects, ServiceListing listing, Duration timeout) {
    this.docker = docker;
    this.effects = effects;
    this.listing = listing;
    this.timeout = timeout;
  }

  /**
   * Runs a script.
   *
   * @param script the script
   * @param target the service, or {@code SERVICE/COMPONENT}
   * @param arguments its arguments
   * @return what came of it
   */
  public CommandResult run(PackScript script, String target, List<String> arguments) {
    return docker.run(
        docker.call(exec(script, target, arguments, List.of())).timeout(timeout).build());
  }

  /**
   * Runs a script with the terminal of this process, where it has one.
   *
   * @param script the script
   * @param target the service, or {@code SERVICE/COMPONENT}
   * @param arguments its arguments
   * @return its exit code
   */
  public int open(PackScript script, String target, List<String> arguments) {
    Command call = docker.call(exec(script, target, arguments, Terminal.options())).build();
    return docker.runner().attach(call);
  }

  /**
   * Runs a shell with the terminal of this process, where it has one.
   *
   * @param target the service, or {@code SERVICE/COMPONENT}
   * @return its exit code
   */
  public int openShell(String target) {
    ServiceName name = ServiceName.target(target);
    List<ServiceContainer> containers = listing.existing(name);
    List<String> call = exec(containers, running(containers, name), Terminal.options());
    call.add("/bin/sh");
    return docker.runner().attach(docker.call(call).build());
  }

  /**
   * Writes what the backup script prints to a new file that only its owner may read.
   *
   * @param target the service, or {@code SERVICE/COMPONENT}
   * @param file the file, complete or not there
   * @param options who listens, and how long it may take
   */
  public void backup(String target, Path file, OperationOptions options) {
    List<String> call = exec(PackScript.BACKUP, target, List.of(), List.of());
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (Operation operation = Operation.start(options.listener(), "service backup", target, 1)) {
      operation.step("run bin/backup");
      create(file, unfinished);
      Command command =
          docker
              .call(call)
              .timeout(timeout)
              .outputFile(unfinished)
              .lines(line -> operation.output(PackScript.BACKUP.path(), line))
              .build();
      effects.run(
          "write backup",
          () -> {
            docker.must("back up the service " + target, command);
            Files.createLink(file, unfinished);
          });
      operation.succeeded(target + " is backed up to " + file);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new OvercException("Could not write the backup " + file + ": " + e, e);
    } finally {
      delete(unfinished);
    }
  }

  /**
   * Returns the end of what the service printed.
   *
   * @param target the service, or {@code SERVICE/COMPONENT}
   * @param lines how many lines at most
   * @return the lines
   */
  public List<String> logs(String target, int lines) {
    ServiceName name = ServiceName.target(target);
    return docker.log(part(listing.existing(name), name).name(), lines);
  }

  private List<String> exec(
      PackScript script, String target, List<String> arguments, List<String> options) {
    ServiceName name = ServiceName.target(target);
    List<ServiceContainer> containers = listing.existing(name);
    ServiceContainer container = running(containers, name);
    if (!container.pack().scripts().contains(script.name())) {
      throw new NotFoundException(
          "The pack '%s' of the service '%s' has no %s"
              .formatted(container.pack().pack(), name.name(), script.path()));
    }
    List<String> call = exec(containers, container, options);
    call.add("/service/" + script.path());
    call.addAll(arguments);
    return call;
  }

  /** The variables are filled in now: addresses change with every start. */
  private static List<String> exec(
      List<ServiceContainer> containers, ServiceContainer container, List<String> options) {
    List<String> call = new ArrayList<>(List.of("exec", "--workdir", "/service"));
    call.addAll(options);
    ServiceListing.environment(containers)
        .lines()
        .forEach(line -> call.addAll(List.of("--env", line)));
    call.add(container.name());
    return call;
  }

  private static ServiceContainer running(List<ServiceContainer> containers, ServiceName name) {
    ServiceContainer container = part(containers, name);
    if (!container.running()) {
      throw new RefusedException(
          "The container '%s' does not run (%s): start the service '%s' first"
              .formatted(container.name(), container.state(), name.name()));
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

  private static void delete(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new OvercException("Could not remove " + unfinished + ": " + e, e);
    }
  }

  private static RefusedException exists(Path file) {
    return new RefusedException(
        "The file " + file + " exists: name another one, or remove it first");
  }
}
