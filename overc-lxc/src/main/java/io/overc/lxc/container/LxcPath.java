package io.overc.lxc.container;

import io.overc.container.ContainerNames;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.Remedy;
import io.overc.error.UnavailableException;
import io.overc.internal.file.OwnedPath;
import io.overc.lxc.disk.Disk;
import io.overc.spi.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The places of everything in one directory of containers. Work that is not done is kept in {@code
 * .overc} in the same directory, so that a rename puts it in place.
 */
public record LxcPath(Path root, Path snapshots) {
  private static final String WORK = ".overc";

  /** Returns where a container is, or will be. */
  public Path container(String name) {
    return root.resolve(ContainerNames.container(name));
  }

  /** Returns where a snapshot is, or will be, that is not in its container's directory. */
  public Path snapshot(String id) {
    return snapshots.resolve(ContainerNames.snapshot(id));
  }

  public Path at(String name, Place place) {
    return switch (place) {
      case CURRENT -> container(name);
      case FRESH -> fresh(name);
      case OLD -> old(name);
    };
  }

  /** Where a container is made; no container has such a name. */
  public Path staging(String name) {
    return root.resolve(WORK).resolve("new").resolve("." + name);
  }

  /** Where a container is that is complete and not in place yet. */
  public Path fresh(String name) {
    return root.resolve(WORK).resolve("new").resolve(name);
  }

  /** Where a replaced container is kept until the new one is known to work. */
  public Path old(String name) {
    return root.resolve(WORK).resolve("old").resolve(name);
  }

  public Path journals() {
    return root.resolve(WORK).resolve("journal");
  }

  public Path journal(String name) {
    return journals().resolve(name);
  }

  /** Where the lock of a container is; every change begins with it, and so with this check. */
  public Path lock(String name) {
    if (!Files.isDirectory(root)) {
      throw missing();
    }
    try {
      OwnedPath.requireAsRoot(root);
      OwnedPath.requireAsRoot(snapshots);
      return root.resolve(WORK).resolve("lock").resolve(name);
    } catch (IOException e) {
      throw Disk.failed("lock the container " + name, e);
    }
  }

  /** Tells that a container was frozen and is to be thawed. */
  public Path frozen(String name) {
    return root.resolve(WORK).resolve("frozen").resolve(name);
  }

  public Path trash(String name) {
    return root.resolve(WORK).resolve("trash").resolve(name);
  }

  public Path unfinishedSnapshots() {
    return snapshots.resolve(WORK);
  }

  /** Where a snapshot is made, and where it waits for its deletion. */
  public Path freshSnapshot(String id) {
    return unfinishedSnapshots().resolve(id);
  }

  /** Tells whether there is a container, also one that an interruption left at its old place. */
  public boolean present(String name) {
    return Files.isRegularFile(container(name).resolve("config"))
        || (!Disk.exists(container(name))
            && Files.isRegularFile(old(name).resolve("config"))
            && Files.exists(journal(name)));
  }

  /** Returns where a container is now: in its place, or aside after an interruption. */
  public Path standing(String name) {
    return Disk.exists(container(name)) ? container(name) : old(name);
  }

  public void require(String name) {
    if (!present(name)) {
      throw new NotFoundException(
          "There is no container '%s' in %s".formatted(name, root),
          Remedy.of(Remedy.Action.LIST_CONTAINERS, "", "list those that there are"));
    }
  }

  public List<String> names() {
    return candidates().stream().filter(this::present).toList();
  }

  /**
   * Lists, sorted, what may be a container: looking whether each is one costs a system call or, for
   * a file that is missing, an exception.
   */
  public Set<String> candidates() {
    if (!Files.isDirectory(root)) {
      throw missing();
    }
    Set<String> names = new TreeSet<>(Disk.names(root));
    // Nobody could ask for a container of such a name.
    names.removeIf(name -> !isName(name));
    names.addAll(Disk.names(root.resolve(WORK).resolve("old")));
    return names;
  }

  private static boolean isName(String name) {
    try {
      ContainerNames.container(name);
      return true;
    } catch (IllegalArgumentException | InvalidArgumentException e) {
      return false;
    }
  }

  public UnavailableException missing() {
    return new UnavailableException(
        "There is no directory of containers " + root,
        Remedy.of(Remedy.Action.INSTALL, "lxc", "install the package lxc, or set lxc.path"));
  }
}
