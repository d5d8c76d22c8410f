use proptest::prelude::*;

use super::*;

struct Bytes([u8; 16]);

impl Randomness for Bytes {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.0[..bytes.len()]);
    }
}

#[test]
fn every_state_answers_every_act() {
    use DocumentAct::{Cancel, Issue, Supersede};
    use DocumentStatus::{Cancelled, Preparing, Superseded, Valid};

    let table = [
        (Preparing, Issue, Some(Valid)),
        (Preparing, Supersede, None),
        (Preparing, Cancel, Some(Cancelled)),
        (Valid, Issue, None),
        (Valid, Supersede, Some(Superseded)),
        (Valid, Cancel, Some(Cancelled)),
        (Superseded, Issue, None),
        (Superseded, Supersede, None),
        (Superseded, Cancel, Some(Cancelled)),
        (Cancelled, Issue, None),
        (Cancelled, Supersede, None),
        (Cancelled, Cancel, None),
    ];
    assert_eq!(table.len(), DocumentStatus::ALL.len() * DocumentAct::ALL.len());
    for (from, act, to) in table {
        assert_eq!(from.after(act).ok(), to, "{from} {act}");
        if let Err(refused) = from.after(act) {
            assert_eq!(refused, ActRefused { from, act });
            assert!(refused.to_string().starts_with("Belge"), "{refused}");
        }
    }
    assert_eq!(
        Preparing.after(Supersede).expect_err("refused").to_string(),
        "Belge henüz hazırlanıyor; yerine yenisi geçemez."
    );
    assert!(!Preparing.is_public() && Cancelled.is_public());
}

#[test]
fn numbers_are_written_with_six_digits_and_read_with_fewer() {
    let number = DocumentNumber::new(2026, 123).expect("valid");
    assert_eq!(number.to_string(), "2026/000123");
    for typed in ["2026/000123", " 2026/123 ", "2026/0123"] {
        assert_eq!(typed.parse(), Ok(number), "{typed}");
    }
    assert_eq!(DocumentNumber::new(2026, 1_234_567).expect("valid").to_string(), "2026/1234567");
    for typed in [
        "",
        "123",
        "2026/0",
        "26/123",
        "2026-123",
        "2026/12a",
        "2026/+1",
        "2026/99999999999",
        "0999/1",
        "２０２６/1",
    ] {
        assert!(typed.parse::<DocumentNumber>().is_err(), "{typed}");
    }
    assert_eq!(number.next(), DocumentNumber::new(2026, 124));
    assert_eq!(DocumentNumber::new(2026, u32::MAX).expect("valid").next(), None);
    assert!(DocumentNumber::new(2026, 2) > DocumentNumber::new(2026, 1));
    assert_eq!(serde_json::to_string(&number).expect("json"), "\"2026/000123\"");
}

#[test]
fn codes_use_the_whole_of_128_bits() {
    let code = |byte| VerificationCode::fresh(&Bytes([byte; 16]));
    assert_eq!(code(0).to_string(), "00000-00000-00000-00000-000000");
    assert_eq!(code(0xff).to_string(), "7ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZZ");
    // The very greatest code is not mistaken for a text out of range.
    assert_eq!(VerificationCode::parse(&code(0xff).compact()), Ok(code(0xff)));
    assert_eq!(format!("{:?}", code(7)), "VerificationCode(…)");
}

#[test]
fn codes_are_read_as_people_type_them() {
    let code = VerificationCode::parse("01234-56789-ABCDE-FGHJK-MNPQRS").expect("a code");
    for typed in [
        "0123456789ABCDEFGHJKMNPQRS",
        "o1234 56789 abcde fghjk mnpqrs",
        " OI234–56789—ABCDE‑FGHJK-MNPQRS\n",
        "0l234-56789-abcde-fghjk-mnpqrs",
        "0ı234-56789-abcde-fghjk-mnpqrs",
        "0İ234-56789-abcde-fghjk-mnpqrs",
    ] {
        assert_eq!(VerificationCode::parse(typed), Ok(code), "{typed}");
    }
    assert_eq!(VerificationCode::parse("0123"), Err(CodeError::Length { found: 4 }));
    assert_eq!(VerificationCode::parse(&"0".repeat(27)), Err(CodeError::Length { found: 27 }));
    assert_eq!(VerificationCode::parse(&"9".repeat(30)), Err(CodeError::Length { found: 30 }));
    assert_eq!(VerificationCode::parse("01U"), Err(CodeError::Character { found: 'U', place: 3 }));
    assert_eq!(VerificationCode::parse("0-1ş"), Err(CodeError::Character { found: 'ş', place: 3 }));
    assert_eq!(VerificationCode::parse("8123456789ABCDEFGHJKMNPQRS"), Err(CodeError::TooBig));
    assert_eq!(VerificationCode::parse(""), Err(CodeError::Length { found: 0 }));
}

proptest! {
    #[test]
    fn every_code_is_read_back(bytes in any::<[u8; 16]>()) {
        let code = VerificationCode::fresh(&Bytes(bytes));
        prop_assert_eq!(VerificationCode::parse(&code.to_string()), Ok(code));
        prop_assert_eq!(VerificationCode::parse(&code.compact().to_ascii_lowercase()), Ok(code));
        prop_assert_eq!(code.compact().len(), LENGTH);
        let json = serde_json::to_string(&code).expect("json");
        prop_assert_eq!(serde_json::from_str::<VerificationCode>(&json).expect("json"), code);
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = (VerificationCode::parse(&text), text.parse::<DocumentNumber>());
    }
}
