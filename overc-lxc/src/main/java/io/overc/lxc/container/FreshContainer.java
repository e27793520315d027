package io.overc.lxc.container;

import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.spi.Intent;
import io.overc.spi.SideEffects;
import java.nio.file.Path;

/** Makes containers aside: each is complete and durable before anybody sees it. */
public record FreshContainer(LxcPath path, Removal removal, Trees trees, SideEffects effects) {
  /** Lies in a container until its first start: what has never run holds no data of its own. */
  public static final String NEVER_STARTED = "overc_new";

  public Path begin(String name) {
    Path staging = path.staging(name);
    removal.run(staging);
    return staging;
  }

  /** Shows the container that was made, together with what is to be done with it. */
  public void publish(String name, Intent intent) {
    Path staging = path.staging(name);
    Disk.draft(staging.resolve(NEVER_STARTED), "");
    effects.run("sync", () -> trees.sync(staging));
    removal.discard(path.fresh(name), path.trash(name));
    // Without a journal nobody sees it, so this order shows both or neither.
    effects.run("name new", () -> Disk.rename(staging, path.fresh(name)));
    effects.run("write journal", () -> Journal.write(path.journal(name), intent));
  }

  /** Notes that the new container is known to work: what it replaced is not put back any more. */
  public void committed(String name) {
    Path journal = path.journal(name);
    Journal.read(journal)
        .filter(intent -> intent.type() == Intent.Type.REPLACE && intent.start())
        .map(
            intent ->
                Intent.replace(
                    intent.operation(), intent.active(), /* start= */ false, intent.snapshot()))
        .ifPresent(intent -> effects.run("commit", () -> Journal.write(journal, intent)));
  }

  /** The snapshots of lxc-snapshot live in the container's directory: they stay with its name. */
  public void leave(String name, Path old) {
    Path from = old.resolve("snaps");
    Path to = path.container(name).resolve("snaps");
    if (Disk.exists(from) && Disk.exists(path.container(name)) && !Disk.exists(to)) {
      effects.run("move snaps", () -> Disk.rename(from, to));
    }
  }
}
