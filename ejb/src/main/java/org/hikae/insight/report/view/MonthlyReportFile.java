package org.hikae.insight.report.view;

/**
 * A report as a file.
 *
 * @param name of the file, plain ASCII without anything that needs quoting
 * @param type media type, with the character set where it is text
 * @param content all of it; nobody changes it
 */
public record MonthlyReportFile(String name, String type, byte[] content) {}
