/**
 * Connects to the vault by socket or mutual TLS, and leaves traces of what was relayed. Calls no
 * boundary and no job.
 */
@NullMarked
package org.hikae.vault.service;

import org.jspecify.annotations.NullMarked;
