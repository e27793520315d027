package io.overc.lxc.share;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharedWith;
import io.overc.lxc.layout.SharingArea;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the user asked for, and the directories of the host that are to be its layers. */
record Planned(SharedWith what, Path upper, List<Path> sources) {
  Planned {
    sources = List.copyOf(sources);
  }

  /** Plans to share directories that are not shared yet, and refuses those that cannot be. */
  static List<Planned> all(
      SharedContainer container, List<String> directories, List<Source> sources) {
    SharingArea area = container.area();
    List<String> names = sources.stream().map(Source::name).toList();
    List<String> already = area.shared().stream().map(SharedWith::directory).toList();
    Remedy remedy = Remedy.of(Remedy.Action.STOP_SHARING, container.name(), "stop that first");
    List<Planned> planned = new ArrayList<>();
    for (String directory : directories) {
      refuse(container, directory, already, "shared", remedy);
      Planned one = of(container, new SharedWith(directory, names), sources);
      LayerCheck.layers(area, one, area.layout(area.next() + directories.size()));
      planned.add(one);
    }
    return planned;
  }

  /** Refuses a directory that is among others, within one of them, or around one. */
  static void refuse(
      SharedContainer container, String directory, List<String> others, String how, Remedy remedy) {
    if (others.contains(directory)) {
      throw new RefusedException(
          Guard.EXISTS,
          "Cannot share %s of %s: it is %s already".formatted(directory, container.name(), how),
          remedy);
    }
    DirectoryNames.refuseNested(directory, others);
  }

  static Planned of(SharedContainer container, SharedWith what, List<Source> sources) {
    LayerCheck.upper(container.name(), container.root(), what.directory());
    String relative = what.directory().substring(1);
    return new Planned(
        what,
        container.root().resolve(relative),
        sources.stream()
            .map(Source::root)
            .filter(root -> LayerCheck.isPlain(root, what.directory()))
            .map(root -> root.resolve(relative))
            .toList());
  }

  /** Returns the overlay, for a layout in its place or where it is being made. */
  OverlayMount mount(Layout layout) {
    List<Path> lowers = new ArrayList<>(List.of(layout.mask()));
    lowers.addAll(sources);
    return new OverlayMount(what.directory().substring(1), lowers, upper, layout.work());
  }
}
