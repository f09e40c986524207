-- Bytes that are not what their name says any more are deleted and written anew, in one transaction.
grant delete on ciphertext to ${appUser};
