package org.hikae.device.cli.restore;

import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.device.restore.OverwriteMode;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The value of {@code --overwrite}: only what is attached with an equals sign, because a word after
 * the option alone is the snapshot.
 */
final class OverwriteOption implements IParameterPreprocessor, ITypeConverter<OverwriteMode> {

  @Override
  @SuppressWarnings("JdkObsolete") // The parser's interface has it so.
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (!"=".equals(info.get("separator"))) {
      arguments.push(option.isOption() ? "always" : "");
    }
    return false;
  }

  @Override
  public OverwriteMode convert(String word) {
    return policies()
        .filter(policy -> word(policy).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "must be one of "
                        + policies().map(OverwriteOption::word).collect(Collectors.joining(", "))
                        + ", not '"
                        + word
                        + "'"));
  }

  private static Stream<OverwriteMode> policies() {
    return Stream.of(OverwriteMode.values()).filter(policy -> policy != OverwriteMode.REFUSE);
  }

  private static String word(OverwriteMode policy) {
    return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
