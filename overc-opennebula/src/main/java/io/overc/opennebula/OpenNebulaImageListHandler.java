package io.overc.opennebula;

import io.overc.config.Config;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.opennebula.lifecycle.ImageIndex;
import io.overc.opennebula.lifecycle.LifeCycle;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Offers images in an OpenNebula cloud, over XML-RPC.
 *
 * <p>An image belongs to an event if its attribute {@code VMCATCHER_EVENT_DC_IDENTIFIER} is the
 * {@code dc:identifier}; the current one has that as its name too. Who owns it does not matter, so
 * an image that was given to somebody stays the current one; an image that only has the name is
 * somebody else's and is left alone. Users who must not be able to offer an image as the current
 * one are kept from it by naming that attribute in {@code IMAGE_RESTRICTED_ATTR} of oned.conf. How
 * far a registration has come is written on the images themselves ({@code OVERC_*}), so any handler
 * of the same user can finish what another began.
 *
 * <p>Thread-safe.
 */
public final class OpenNebulaImageListHandler implements ImageListHandler {
  private final LifeCycle lifeCycle;

  OpenNebulaImageListHandler(LifeCycle lifeCycle) {
    this.lifeCycle = lifeCycle;
  }

  /**
   * Begins a handler.
   *
   * @param config the configuration, with the keys {@code opennebula.*}
   * @return a builder
   */
  public static Builder builder(Config config) {
    return new Builder(config);
  }

  @Override
  public ImageOutcome handle(ImageEvent event, OperationOptions call) {
    return batch(List.of(event)).handle(event, call);
  }

  @Override
  public List<ImageResult> handleAll(List<ImageEvent> events, OperationOptions call) {
    return batch(events).handleAll(events, call);
  }

  /** Returns a handler that asks for the images of these events once. */
  ImageListHandler batch(List<ImageEvent> events) {
    return new BatchHandler(lifeCycle, index(events));
  }

  @Override
  public ImagePlan plan(ImageEvent event) {
    return batch(List.of(event)).plan(event);
  }

  @Override
  public List<ImageResult> replay(OperationOptions call) {
    return batch(List.of()).replay(call);
  }

  private ImageIndex index(List<ImageEvent> events) {
    return lifeCycle.index(
        events.stream()
            .flatMap(event -> event.find("DC_IDENTIFIER").stream())
            .collect(Collectors.toSet()));
  }

  /** Builds a handler. Not thread-safe. */
  public static final class Builder {
    private final Config config;
    private final Assembly assembly = new Assembly();

    private Builder(Config config) {
      this.config = config;
    }

    /**
     * Says which environment the endpoint and the credentials are looked for in.
     *
     * @param variables the environment; by default the one of this process
     * @return this
     */
    public Builder environment(Map<String, String> variables) {
      assembly.environment = Map.copyOf(variables);
      return this;
    }

    /**
     * Chooses the datastore for each event, instead of {@code opennebula.datastore}.
     *
     * @param choice gives a name or a number
     * @return this
     */
    public Builder datastore(Function<ImageEvent, String> choice) {
      assembly.datastore = choice;
      return this;
    }

    /**
     * Chooses the group of first images, instead of {@code opennebula.vo.*.group}.
     *
     * @param choice gives a name or a number, or empty for the group of the user
     * @return this
     */
    public Builder group(Function<ImageEvent, Optional<String>> choice) {
      assembly.group = choice;
      return this;
    }

    /**
     * Says which images are subscribed to: those do not expire, others do at once. Without it an
     * expiry waits for {@code opennebula.expiry-grace}.
     *
     * @param test tells it by the {@code dc:identifier}
     * @return this
     */
    public Builder subscribed(Predicate<String> test) {
      assembly.subscribed = test;
      return this;
    }

    /**
     * Says who runs qemu-img.
     *
     * @param runner the runner
     * @return this
     */
    public Builder runner(CommandRunner runner) {
      assembly.runner = runner;
      return this;
    }

    Builder effects(SideEffects chosen) {
      assembly.effects = chosen;
      return this;
    }

    Builder clock(Clock watch) {
      assembly.clock = watch;
      return this;
    }

    Builder root(Path directory) {
      assembly.root = directory;
      return this;
    }

    /**
     * Makes the handler. The cloud is not called yet.
     *
     * @return a handler, with a spool if {@code opennebula.spool} is set
     * @throws io.overc.error.ConfigException if the configuration cannot be used, or there are no
     *     credentials
     */
    public ImageListHandler build() {
      return assembly.handler(config);
    }
  }
}
