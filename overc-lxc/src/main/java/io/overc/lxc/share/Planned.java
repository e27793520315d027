package io.overc.lxc.share;

import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharedWith;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the user asked for, and the directories of the host that are to be its layers. */
record Planned(SharedWith what, Path upper, List<Path> sources) {
  public Planned {
    sources = List.copyOf(sources);
  }

  String target() {
    return what.directory().substring(1);
  }

  /** Returns the overlay, for a layout in its place or where it is being made. */
  OverlayMount mount(Layout layout) {
    List<Path> lowers = new ArrayList<>(List.of(layout.mask()));
    lowers.addAll(sources);
    return new OverlayMount(target(), lowers, upper, layout.work());
  }
}
