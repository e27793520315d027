package io.overc;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerNames;
import io.overc.container.Template;
import io.overc.error.BackendException;
import io.overc.spi.ContainerDriverProvider;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the backend of a template: as configured, else by a site script, else by its id. */
final class Templates {
  private final Config config;
  private final Registry<ContainerDriverProvider> providers;

  Templates(Config config, Registry<ContainerDriverProvider> providers) {
    this.config = config;
    this.providers = providers;
  }

  ContainerDriver driver(String name) {
    ContainerNames.template(name);
    Optional<Template> configured = Template.configured(config, name);
    if (configured.isPresent()) {
      return providers.named(configured.get().backend()).create(config, configured.get());
    }
    List<ContainerDriverProvider> offering =
        providers.providers().stream().filter(p -> p.templates(config).contains(name)).toList();
    if (offering.size() > 1) {
      List<String> ids = offering.stream().map(ContainerDriverProvider::id).toList();
      throw new BackendException(
          "Several backends know a template '%s' (%s): set template.%s.backend to one of them"
              .formatted(name, String.join(", ", ids), name));
    }
    ContainerDriverProvider provider = offering.isEmpty() ? ofBackend(name) : offering.get(0);
    return provider.create(config, Template.read(config, name, provider.id()));
  }

  List<String> names() {
    TreeSet<String> names = new TreeSet<>(Template.names(config));
    for (ContainerDriverProvider provider : providers.providers()) {
      names.add(provider.id());
      names.addAll(provider.templates(config));
    }
    return List.copyOf(names);
  }

  private ContainerDriverProvider ofBackend(String name) {
    return providers.providers().stream()
        .filter(provider -> provider.id().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private BackendException unknown(String name) {
    String half =
        Template.names(config).contains(name)
            ? "The configuration has keys of the template '%s' but not template.%s.backend"
            : "There is no template '%s'";
    return new BackendException(
        (half.formatted(name, name)
                + "; found: %s. Set template.%s.backend in the configuration, or put a script of that name into script.dir")
            .formatted(String.join(", ", names()), name));
  }
}
