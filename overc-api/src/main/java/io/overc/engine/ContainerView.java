package io.overc.engine;

import io.overc.container.Container;
import io.overc.container.ContainerNames;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.spi.BackendContainer;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Shows containers as callers see them, without a lock and without recovery. */
final class ContainerView {
  private final Primitives primitives;
  private final Template template;

  ContainerView(Primitives primitives, Template template) {
    this.primitives = primitives;
    this.template = template;
  }

  ContainerStatus status(String name) {
    return primitives
        .find(ContainerNames.container(name))
        .standing()
        .map(ContainerView::status)
        .orElse(ContainerStatus.ABSENT);
  }

  Optional<Container> find(String name) {
    return described(primitives.find(ContainerNames.container(name)));
  }

  /** Returns those of the template, or all for the default one, by name. */
  List<Container> list() {
    return primitives.list().stream()
        .flatMap(found -> described(found).stream())
        .filter(
            found ->
                template.isDefault()
                    || found.template().filter(template.name()::equals).isPresent())
        .sorted(Comparator.comparing(Container::name))
        .toList();
  }

  private static Optional<Container> described(BackendContainer found) {
    Optional<String> pending =
        found.pending()
            ? Optional.of(found.intent().map(Intent::operation).orElse(Recovery.UNKNOWN).name())
            : Optional.empty();
    return found
        .standing()
        .map(
            one ->
                new Container(
                    found.name(),
                    Optional.of(status(one)),
                    one.template(),
                    pending,
                    one.problem()));
  }

  private static ContainerStatus status(Instance instance) {
    return instance.active() ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
  }
}
