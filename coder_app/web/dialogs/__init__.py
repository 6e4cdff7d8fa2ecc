"""Questions the app asks before it does something: each a dialog that calls one function of `workflow`."""
