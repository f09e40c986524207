/**
 * The OpenAPI document: that it is valid and complete, that each rule of that is seen to fail, and
 * that its examples are what the portal really answers.
 */
@NullMarked
package org.hikae.it.openapi;

import org.jspecify.annotations.NullMarked;
