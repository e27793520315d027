package io.overc.internal.packages;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a command line of a package manager reaches the root it works on. A kind wraps the command
 * line and hands over the environment; it knows no package manager.
 */
@FunctionalInterface
public interface RootKind {
  /** Where programs are in a root whose environment begins empty. */
  String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  CommandBuilder reach(PackageManager manager, List<String> arguments);

  static RootKind host() {
    return (manager, arguments) -> local(manager, List.of(), List.of(), arguments);
  }

  /** A root whose own program is run. */
  static RootKind chroot(Path root) {
    List<String> chroot = List.of("chroot", root.toString());
    return (manager, arguments) -> local(manager, chroot, List.of(), arguments);
  }

  /** A root on which the program of this machine works. */
  static RootKind installroot(Path root) {
    return (manager, arguments) ->
        local(manager, List.of(), manager.locate(root).orElseThrow(), arguments);
  }

  static RootKind lxcAttach(Path directory, String name) {
    return (manager, arguments) -> {
      CommandBuilder command =
          Command.of("lxc-attach", "-P", directory.toString(), "-n", name, "-l", "ERROR")
              .arguments("--clear-env", "--set-var=PATH=" + PATH);
      environment(manager)
          .forEach((key, value) -> command.arguments("--set-var=%s=%s".formatted(key, value)));
      return command.arguments("--", manager.program()).arguments(arguments);
    };
  }

  /**
   * The root of a container of Docker or Podman that runs; {@code docker} is the command of the
   * engine and its own options.
   */
  static RootKind dockerExec(Collection<String> docker, Collection<String> options, String name) {
    List<String> engine = List.copyOf(docker);
    List<String> more = List.copyOf(options);
    return (manager, arguments) -> {
      CommandBuilder command = Command.of(engine).arguments("exec", "--user", "0").arguments(more);
      environment(manager).forEach((key, value) -> command.arguments("--env", key + "=" + value));
      return command.arguments("--env", "LC_ALL=C", name, manager.program()).arguments(arguments);
    };
  }

  private static CommandBuilder local(
      PackageManager manager, List<String> before, List<String> options, List<String> arguments) {
    CommandBuilder command =
        Command.of(before).arguments(manager.program()).arguments(options).arguments(arguments);
    environment(manager).forEach(command::environment);
    return command;
  }

  // The one of whoever runs OverC is another one, or leads out of the root.
  private static Map<String, String> environment(PackageManager manager) {
    Map<String, String> environment = new TreeMap<>(manager.environment());
    environment.put("HOME", "/root");
    return environment;
  }
}
