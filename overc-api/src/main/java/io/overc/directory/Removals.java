package io.overc.directory;

import io.overc.internal.tree.FileTree;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Removes trees, as many as possible, and fails at the end if one is left. */
final class Removals {
  private final SideEffects effects;
  private @Nullable IOException failure;

  Removals(SideEffects effects) {
    this.effects = effects;
  }

  void remove(String name, Path tree) {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      effects.run(name, () -> FileTree.at(tree).delete());
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
    }
  }

  void end() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
