package org.hikae.enrollment.distribution.control;

/**
 * What a package says about itself.
 *
 * @param program name of the program
 * @param version its version
 * @param architecture processors that it is for
 */
record PackageIdentity(String program, String version, String architecture) {}
