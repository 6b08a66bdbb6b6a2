curl -H 'X-Mittr-Timestamp: 1706123456' -H 'X-Mittr-Signature: v1=99711d69a5727a9118f88e4f8cd6607d0c5a5d6ee4e4b60c70679cdd15149029' -d @body.json https://receiver.example/hook
