package io.overc.lxc.layout;

import io.overc.internal.compare.Visitor.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mask directory of an overlay; thread-safe. */
public record MaskTree(Path mask) {
  public void hide(Path path, Mask kind) throws IOException {
    Path target = mask.resolve(path);
    switch (kind) {
      case WHITEOUT -> {
        Path parent = target.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Linux.whiteout(target);
      }
      case OPAQUE -> {
        Files.createDirectories(target);
        Linux.makeOpaque(target);
      }
    }
  }
}
