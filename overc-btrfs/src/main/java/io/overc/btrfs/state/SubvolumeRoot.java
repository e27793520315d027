package io.overc.btrfs.state;

import io.overc.btrfs.fs.PrivateNamespace;
import io.overc.btrfs.packages.Root;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import java.nio.file.Path;

/** A subvolume as a root for package managers. */
final class SubvolumeRoot implements Root {
  private final PrivateNamespace namespace;
  private final String name;

  SubvolumeRoot(PrivateNamespace namespace, String name) {
    this.namespace = namespace;
    this.name = name;
    namespace.mountSystem(name);
  }

  @Override
  public Path files() {
    return namespace.file(name);
  }

  @Override
  public Path path() {
    return namespace.seen(name);
  }

  @Override
  public CommandResult run(CommandBuilder command) {
    return namespace.runContained(command);
  }
}
