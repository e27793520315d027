package io.overc.examples.console;

import io.overc.snapshot.SnapshotId;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Writes records as plain JSON: components in their order, times and durations in ISO 8601, paths
 * as they are, what is empty as null, constants in the lower case with hyphens that the
 * configuration uses.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(
              new SimpleModule()
                  .addSerializer(Path.class, ToStringSerializer.instance)
                  .addSerializer(SnapshotId.class, ToStringSerializer.instance)
                  .addSerializer(new ConstantSerializer())
                  .addKeySerializer(Enum.class, new ConstantKeySerializer()))
          .build();

  private Json() {}

  static String write(Object document) {
    return MAPPER.writeValueAsString(document);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @SuppressWarnings("rawtypes") // every enum, whatever it is
  private static final class ConstantSerializer extends StdSerializer<Enum> {
    ConstantSerializer() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(word(value));
    }
  }

  @SuppressWarnings("rawtypes") // every enum, whatever it is
  private static final class ConstantKeySerializer extends StdSerializer<Enum> {
    ConstantKeySerializer() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator generator, SerializationContext context) {
      generator.writeName(word(value));
    }
  }
}
