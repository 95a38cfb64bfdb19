"""Which words stand for the kinds of letters, and for where a letter stands?"""

STATES = {
    "waiting": "Waiting",
    "sent": "Sent",
    "accepted": "Accepted by the printer",
    "delivered": "Delivered",
    "returned": "Came back",
    "failed": "Failed",
}
WHAT = {"statement": "Statement", "notice": "Notice", "sign_in_code": "Code to sign in"}
