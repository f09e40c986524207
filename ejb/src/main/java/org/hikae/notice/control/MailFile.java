package org.hikae.notice.control;

/**
 * A file that goes with a mail.
 *
 * @param name of the file, plain ASCII without anything that needs quoting
 * @param type media type, with the character set where it is text
 * @param content all of it; nobody changes it
 */
public record MailFile(String name, String type, byte[] content) {}
