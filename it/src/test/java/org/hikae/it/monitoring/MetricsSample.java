package org.hikae.it.monitoring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.stack.Stack;

/** What the portal told the monitoring system, a sample a line. */
record MetricsSample(List<Sample> samples) {

  private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One sample. */
  record Sample(String name, String labels, double value) {}

  /** Asks with the right token. */
  static MetricsSample of(Stack stack) {
    return of(
        ApiClient.anonymous(stack)
            .with("Authorization", Stack.METRICS_AUTHORIZATION)
            .get("/metrics"));
  }

  static MetricsSample of(ApiReply reply) {
    if (reply.status() != 200) {
      throw new AssertionError(reply.toString());
    }
    return new MetricsSample(
        reply
            .text()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .map(
                line ->
                    new Sample(
                        line.group(1),
                        line.group(2) == null ? "" : line.group(2),
                        Double.parseDouble(line.group(3))))
            .toList());
  }

  /** The sum of the samples of this name with all these labels, such as {@code status="2xx"}. */
  double sum(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> List.of(labels).stream().allMatch(sample.labels()::contains))
        .mapToDouble(Sample::value)
        .sum();
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples.forEach(sample -> names.add(sample.name()));
    return names;
  }

  /** Every value of every label. */
  Set<String> labelValues() {
    Set<String> values = new TreeSet<>();
    for (Sample sample : samples) {
      Matcher label = LABEL.matcher(sample.labels());
      while (label.find()) {
        values.add(label.group(2));
      }
    }
    return values;
  }
}
