package io.overc.servicepack;

import io.overc.error.BusyException;
import io.overc.error.ConfigException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds service packs into images, sets instances up, and runs and asks them.
 *
 * <pre>{@code
 * ServicePackRunner runner = Overc.load().servicePackRunner();
 * ServicePack pack = runner.open(Path.of("packs/mysql"));
 * ImageTag base = ImageTag.parse("mysql"), instance = ImageTag.parse("shop/mysql");
 * OperationOptions call = OperationOptions.defaults();
 * runner.build(pack, base, BuildPhase.BASE, BuildOptions.defaults(), call);
 * BuildResult made = runner.setup(pack, base, instance, BuildOptions.defaults(), call);
 * ServiceStatus service = runner.run(instance, "shop-db", call);
 * }</pre>
 *
 * <p>In the container the pack is at {@code /service}, which is also the directory its scripts run
 * in. A build that fails leaves nothing behind. What a process that was killed left behind is
 * removed by the next call that meets it, by {@link #list} and by {@link #recover}.
 *
 * <p>A service is named by its name; where a method takes a <em>target</em>, that is {@code
 * SERVICE} or {@code SERVICE/COMPONENT}, and without a component the first one is meant. A name is
 * 2 to 60 letters, digits, {@code _ . -}, the first a letter or digit; another is refused with an
 * {@link InvalidArgumentException}.
 *
 * <p>Every script of a running service sees the variables of the pack. In {@code bin/run} they are
 * as they are when its container starts, whoever starts it; the address of another component may be
 * a name there that leads to it, since that one may move while this one runs.
 *
 * @implSpec Implementations are thread-safe, and safe against other processes that use the same
 *     engine. {@code ServicePackRunnerContract} in the {@code tests} artifact holds what is
 *     promised here.
 */
public interface ServicePackRunner {

  /**
   * Opens a pack the way this runner is configured to: by running its query script here, or in a
   * container.
   *
   * @param directory the directory of the pack
   * @return the pack
   */
  ServicePack open(Path directory);

  /**
   * Builds an image from the image of the pack's operating system.
   *
   * <p>A base that was built from the same contents and the same image is not built again unless
   * {@link BuildOptions#force} says so; it only gets the name.
   *
   * @param pack the pack
   * @param image the name of the new image; the name of an older base of a pack moves to the new
   *     one
   * @param phase {@link BuildPhase#BASE}, or {@link BuildPhase#ALL} for an instance in one go
   * @param options how
   * @param call who listens, and how long it may take
   * @return the result
   * @throws ConfigException if nobody knows an image for the operating system
   * @throws UnavailableException if that image is not there and cannot be pulled
   * @throws CommandFailedException if {@code bin/build} fails or takes too long
   * @throws RefusedException if the name belongs to an image that may not be replaced
   * @throws BusyException if another operation builds the same image
   * @throws InvalidArgumentException for {@link BuildPhase#SETUP}, which is {@link #setup}, and for
   *     secrets that the pack does not ask for
   */
  BuildResult build(
      ServicePack pack,
      ImageTag image,
      BuildPhase phase,
      BuildOptions options,
      OperationOptions call);

  /**
   * Sets an instance up from a base that {@link #build} made. The image of the instance holds what
   * the pack made of the secrets: treat it as a secret.
   *
   * @param pack the pack
   * @param base the base
   * @param image the name of the new image; must be free
   * @param options how
   * @param call who listens, and how long it may take
   * @return the result, with the secrets
   * @throws NotFoundException if there is no such base, or no such backup
   * @throws CommandFailedException if {@code bin/build} fails or takes too long
   * @throws RefusedException if the name is taken, or the base is none
   * @throws BusyException if another operation builds the same image
   */
  BuildResult setup(
      ServicePack pack, ImageTag base, ImageTag image, BuildOptions options, OperationOptions call);

  /**
   * Makes a service of an instance and starts it: one container for each component.
   *
   * @param instance the image that {@link #setup} made; one image makes any number of services
   * @param service the name of the service; must be free
   * @param call who listens, and how long it may take
   * @return how it is
   * @throws NotFoundException if there is no such image
   * @throws RefusedException if the image is no instance, or the name is taken
   * @throws OvercException naming the component that failed, with the end of its log; nothing of
   *     the service is left then
   */
  ServiceStatus run(ImageTag instance, String service, OperationOptions call);

  /**
   * Starts a service that was stopped. Does nothing to one that runs.
   *
   * @param service its name
   * @param call who listens, and how long it may take
   * @return how it is; the addresses may be others than before
   * @throws NotFoundException if there is no such service
   * @throws OvercException naming the component that failed, with the end of its log
   */
  ServiceStatus start(String service, OperationOptions call);

  /**
   * Stops a service, its components in reverse order. Does nothing to one that is stopped.
   *
   * @param service its name
   * @param call who listens, and how long it may take
   * @throws NotFoundException if there is no such service
   */
  void stop(String service, OperationOptions call);

  /**
   * Stops a service and removes its containers, and its network if it has one. Its image stays.
   *
   * @param service its name
   * @param call who listens, and how long it may take
   * @throws NotFoundException if nothing of such a service is there
   */
  void remove(String service, OperationOptions call);

  /** {@return the services, running or not, sorted by name} */
  List<ServiceStatus> list();

  /**
   * {@return how a service is now}
   *
   * @param service its name
   * @throws NotFoundException if there is no such service
   */
  ServiceStatus status(String service);

  /**
   * Runs {@code bin/client} in a service, without a terminal.
   *
   * @param target the service, or one of its components
   * @param arguments given to the script as they stand
   * @return what the script printed, whatever it returned
   * @throws NotFoundException if there is no such service, or its pack has no client
   * @throws RefusedException if it does not run
   */
  CommandResult client(String target, List<String> arguments);

  /**
   * Runs {@code bin/client} in a service, with the terminal of this process.
   *
   * @param target the service, or one of its components
   * @param arguments given to the script as they stand
   * @return the exit code of the script
   * @throws NotFoundException if there is no such service, or its pack has no client
   * @throws RefusedException if it does not run
   */
  int openClient(String target, List<String> arguments);

  /**
   * Opens a shell in a service, with the terminal of this process.
   *
   * @param target the service, or one of its components
   * @return the exit code of the shell
   * @throws NotFoundException if there is no such service
   * @throws RefusedException if it does not run
   */
  int openShell(String target);

  /**
   * Runs {@code bin/backup} in a service and keeps what it prints on its standard output.
   *
   * @param target the service, or one of its components
   * @param file where to; must not exist; readable for its owner only
   * @param call who listens, and how long it may take
   * @throws NotFoundException if there is no such service, or its pack has no backup
   * @throws RefusedException if it does not run, or the file exists
   * @throws CommandFailedException if the script fails; there is no file then
   */
  void backup(String target, Path file, OperationOptions call);

  /**
   * Runs {@code bin/extra} in a service.
   *
   * @param target the service, or one of its components
   * @param arguments given to the script as they stand; {@code help} lists what there is
   * @return what the script printed, whatever it returned
   * @throws NotFoundException if there is no such service, or its pack has no extras
   * @throws RefusedException if it does not run
   */
  CommandResult extra(String target, List<String> arguments);

  /**
   * {@return the lines at the end of what a service printed to both output streams}
   *
   * @param target the service, or one of its components
   * @param lines how many lines at most
   * @throws NotFoundException if there is no such service
   */
  List<String> logs(String target, int lines);

  /**
   * Removes what processes that were killed left behind: containers of unfinished builds, services
   * whose creation was interrupted, their networks, and images that nothing names. Harmless at any
   * time.
   *
   * @return what was removed, for people
   */
  List<String> recover();
}
