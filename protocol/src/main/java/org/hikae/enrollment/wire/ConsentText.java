package org.hikae.enrollment.wire;

import java.io.Serializable;

/**
 * What an employee reads before opting in.
 *
 * @param version rises with every change of the text
 * @param language {@code en} or {@code ja}
 * @param title one line
 * @param body plain text; paragraphs are separated by an empty line
 */
public record ConsentText(int version, String language, String title, String body)
    implements Serializable {}
