package io.overc.testkit;

import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the parts of the contract kit of {@link ServicePackRunner} share. */
public abstract class ServicePackRunnerBench {
  private final String prefix = "k" + UUID.randomUUID().toString().substring(0, 8);
  private final Set<ImageTag> images = new LinkedHashSet<>();

  /** Hears the progress of what a test does. */
  protected final List<Event> events = new ArrayList<>();

  /** A directory for packs and files. */
  @TempDir protected Path directory;

  /** Makes a test. */
  protected ServicePackRunnerBench() {}

  /**
   * Returns the runner to be tested.
   *
   * @return the same or an equal one at every call
   */
  protected abstract ServicePackRunner runner();

  /**
   * Returns an operating system for which the runner has an image with a shell and the tools of
   * busybox.
   *
   * @return for example {@code busybox/1}
   */
  protected abstract String os();

  /**
   * Removes an image that a test made, if it is there.
   *
   * @param image the image
   */
  protected abstract void removeImage(ImageTag image);

  @AfterEach
  final void removeWhatTheTestMade() {
    for (ServiceStatus service : runner().list()) {
      if (service.name().startsWith(prefix)) {
        runner().remove(service.name(), OperationOptions.defaults());
      }
    }
    images.forEach(this::removeImage);
  }

  /**
   * Begins a pack.
   *
   * @return the pack, in a directory of its own
   */
  protected final SamplePack pack() {
    return SamplePack.in(directory.resolve("pack"), os());
  }

  /**
   * Returns a name for a service of this test.
   *
   * @param suffix what to tell several apart by
   * @return the name
   */
  protected final String name(String suffix) {
    return prefix + "-" + suffix;
  }

  /**
   * Returns a name for an image of this test, which is removed at its end.
   *
   * @param suffix what to tell several apart by
   * @return the name
   */
  protected final ImageTag image(String suffix) {
    ImageTag image = ImageTag.parse(prefix + "/" + suffix + ":1");
    images.add(image);
    return image;
  }

  /**
   * Builds a base.
   *
   * @param pack the pack
   * @return what came of it, under the name {@code image("base")}
   */
  protected final BuildResult build(SamplePack pack) {
    return build(pack, BuildOptions.defaults());
  }

  /**
   * Builds a base.
   *
   * @param pack the pack
   * @param options how
   * @return what came of it, under the name {@code image("base")}
   */
  protected final BuildResult build(SamplePack pack, BuildOptions options) {
    return runner()
        .build(
            open(pack), image("base"), BuildPhase.BASE, options, OperationOptions.of(events::add));
  }

  /**
   * Sets an instance up from {@code image("base")}.
   *
   * @param pack the pack
   * @param suffix the name of the instance
   * @param options how
   * @return what came of it
   */
  protected final BuildResult setup(SamplePack pack, String suffix, BuildOptions options) {
    return runner()
        .setup(open(pack), image("base"), image(suffix), options, OperationOptions.of(events::add));
  }

  /**
   * Builds a pack, sets it up and runs it.
   *
   * @param pack the pack
   * @return how the service {@code name("service")} is
   */
  protected final ServiceStatus serve(SamplePack pack) {
    build(pack);
    setup(pack, "instance", BuildOptions.defaults());
    return runner().run(image("instance"), name("service"), OperationOptions.of(events::add));
  }

  /**
   * Returns what the service prints when its client is asked.
   *
   * @param arguments given to {@code bin/client}
   * @return what it printed, without the last line end
   */
  protected final String client(String... arguments) {
    return runner()
        .client(name("service"), List.of(arguments))
        .orThrow("ask the client")
        .stdout()
        .stripTrailing();
  }

  /**
   * Opens a pack as the runner does.
   *
   * @param pack the pack
   * @return the pack
   */
  protected final ServicePack open(SamplePack pack) {
    return runner().open(pack.directory());
  }

  /**
   * Returns what a failure says, with everything that is attached to it.
   *
   * @param failure the failure
   * @return its messages
   */
  protected static String everything(OvercException failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      text.append(one).append('\n');
      for (Throwable suppressed : one.getSuppressed()) {
        text.append(suppressed).append('\n');
      }
    }
    return text.toString();
  }
}
