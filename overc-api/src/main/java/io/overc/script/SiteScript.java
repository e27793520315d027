package io.overc.script;

import io.overc.container.ContainerNames;
import io.overc.error.UnavailableException;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Is the script of one template: a file of its name in the script directory. */
final class SiteScript {
  private final Path file;

  SiteScript(Path directory, String template) {
    this.file = directory.resolve(ContainerNames.template(template));
  }

  Path file() {
    return file;
  }

  String name() {
    return String.valueOf(file.getFileName());
  }

  CommandBuilder command(List<String> arguments) {
    if (!Files.isRegularFile(file)) {
      throw new UnavailableException(
          "There is no container script "
              + file
              + ": put an executable script there, or point script.dir to the directory that has it");
    }
    if (!Files.isExecutable(file)) {
      throw new UnavailableException(
          "The container script " + file + " may not be executed: run chmod +x " + file);
    }
    return Command.of(file.toString()).arguments(arguments);
  }
}
