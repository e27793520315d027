package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the README and the pages beside it to what they say. */
class ReadmeTest {
  private static final String README = Repository.read("README.md");

  @Test
  @DisplayName("every Java example compiles as it stands, without a warning")
  void examplesCompile(@TempDir Path output) {
    List<String> examples =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(README)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(examples).isNotEmpty();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    for (String example : examples) {
      StringWriter messages = new StringWriter();
      List<String> options = List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none");
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  null,
                  null,
                  Stream.concat(options.stream(), Stream.of("-d", output.toString())).toList(),
                  null,
                  List.of(new Source(example)))
              .call();
      assertThat(compiled).as("%s\n%s", example, messages).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/evidence.md",
        "docs/architecture.md",
        "docs/host-upgrade.md",
        "docs/security.md"
      })
  @DisplayName("every test it names and every file it links to is there")
  void namedFilesExist(String page) throws IOException {
    String text = Repository.read(page);
    assertThat(Repository.classes()).containsAll(matches("`(\\w+(?:Test|IT|Contract))`", text));
    for (String path : matches("\\]\\((?!https?:)([^)#]+)[^)]*\\)", text)) {
      assertThat(Repository.file(page).resolveSibling(path)).exists();
    }
  }

  private static Set<String> matches(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A source file in memory, named after its public or first class. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///" + className(text) + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    private static String className(String text) {
      return matches("(?m)^(?:public )?(?:final )?class (\\w+)", text).iterator().next();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
